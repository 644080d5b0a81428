#!/usr/bin/env bash
# From a fresh clone with an empty target folder to the first page in the browser, beside what it takes to install
# mdBook and mdbook-admonish, which a reader of such a book would otherwise have to do. Both with sources downloaded.
#
#   workbook/benches/first_page.sh [--with-install]
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
tool=""
trap 'if [ -n "$tool" ]; then kill "$tool" 2>/dev/null || true; wait "$tool" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
unset CARGO_TARGET_DIR

git clone --quiet "$repository" "$work/clone"
cd "$work/clone"
cargo fetch --locked --quiet
start=$SECONDS
cargo workbook start --no-open --port 3999 >"$work/log" 2>&1 &
tool=$!
until grep -q '^The book: ' "$work/log"; do
    kill -0 "$tool" 2>/dev/null || { cat "$work/log"; exit 1; }
    sleep 0.2
done
page=$(sed -n 's/^The book: //p' "$work/log")
curl --silent --fail --output /dev/null "$page"
first_page=$((SECONDS - start))
echo "fresh clone to the first page: $first_page s"
until grep -qE '^(Red|Green)' "$work/log"; do sleep 0.2; done
echo "fresh clone to the first result of the exercise: $((SECONDS - start)) s"

if [ "${1:-}" = --with-install ]; then
    cd "$work"
    start=$SECONDS
    cargo install --quiet --locked --root "$work/install" mdbook@0.4.52 mdbook-admonish
    install=$((SECONDS - start))
    echo "cargo install mdbook mdbook-admonish: $install s"
    awk "BEGIN { printf \"ratio: %.2f\n\", $first_page / $install }"
fi
