#!/usr/bin/env bash
# From the save of a changed line to the result of a chapter's tests, with other linkers and other settings of the
# profile than those of this workbook. In each round every one of them is measured once, after the same edit, so that
# whatever else the machine does meets all of them. Prints medians in ms, and their ratio to the first line.
#
#   workbook/benches/linkers.sh ID [ROUNDS]
#
# Linkers that are not on the PATH are left out, and named.
set -euo pipefail
id=${1:?which chapter: workbook/benches/linkers.sh ID [ROUNDS]}
rounds=${2:-10}
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$repository" "$work/clone"
cd "$work/clone"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$repository/target/linkers}"

exercise=$(echo exercises/[0-9][0-9]-"$id")
solution=solutions/${exercise#exercises/}
cp -r "$solution"/src/. "$exercise/src/"
[ ! -d "$solution/migrations" ] || cp -r "$solution"/migrations/. "$exercise/migrations/"
[ ! -d "$solution/migrations-postgres" ] || cp -r "$solution"/migrations-postgres/. "$exercise/migrations-postgres/"
edited=$(sed -n '/^edit = \[/,/^\]/s/^ *"\(.*\.rs\)",$/\1/p' "$exercise/Cargo.toml" | head -n 1)
cp "$exercise/$edited" "$work/text"

host=$(rustc -vV | sed -n 's/^host: //p')
names=() options=()
setting() {
    names+=("$1")
    options+=("$2")
}
of_crate() { echo "--config profile.dev.package.$id.$1"; }
linker() {
    local program=$1 word=$2
    if ! command -v "$program" >/dev/null; then
        echo "$program is not installed: left out" >&2
        return
    fi
    # Its name tells rustc that it is called like a C compiler. With another linker all is built anew, so each has a
    # folder of its own.
    printf '#!/bin/sh\nexec cc "$@" -fuse-ld=%s\n' "$word" >"$work/cc-$word"
    chmod +x "$work/cc-$word"
    setting "$program" "--config target.$host.linker=\"$work/cc-$word\" --target-dir $CARGO_TARGET_DIR/$word"
}
setting "as it is" ""
linker mold mold
linker wild wild
linker ld.gold gold
linker ld.bfd bfd
setting "debug = 2" "$(of_crate debug=2)"
setting "debug = 0" "$(of_crate debug=0)"
setting "split-debuginfo = unpacked" '--config profile.dev.split-debuginfo="unpacked"'
setting "codegen-units = 16" "$(of_crate codegen-units=16)"
setting "codegen-units = 4" "$(of_crate codegen-units=4)"
setting "incremental off" "--config profile.dev.incremental=false"

count=0
edit() {
    count=$((count + 1))
    { cat "$work/text"; printf '\n#[doc(hidden)]\npub fn edited() -> u32 { %s }\n' "$count"; } >"$exercise/$edited"
}
tests() {
    # shellcheck disable=SC2086
    cargo test --quiet --tests --no-default-features --package "$id" $1 >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}
for option in "${options[@]}"; do
    edit
    tests "$option"
done
for _ in $(seq "$rounds"); do
    for at in "${!names[@]}"; do
        edit
        start=$(date +%s%N)
        tests "${options[$at]}"
        echo $((($(date +%s%N) - start) / 1000000)) >>"$work/times-$at"
    done
done
median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }
first=$(median "$work/times-0")
echo "$id, $rounds rounds, $edited"
for at in "${!names[@]}"; do
    this=$(median "$work/times-$at")
    printf '%-28s %6.0f ms  %.2f\n' "${names[$at]}" "$this" "$(awk "BEGIN { print $this / $first }")"
done
