//! A chapter that keeps every rule, file by file.

// The tests of both tools use this.
#![allow(dead_code)]

/// The files of a chapter; `FOLDER`, `ID` and `LIB` stand for its names.
pub const CHAPTER: [(&str, &str); 13] = [
    (
        "exercises/FOLDER/Cargo.toml",
        r#"[package]
name = "ID"
version = "0.1.0"
edition = "2024"

[package.metadata.workbook]
title = "Twice ID"
page = "part-1/ID.md"
minutes = 5
kind = "fill"
engine = "none"
from = []
edit = ["src/lib.rs"]
given = []
red = ["rules::two_doubled_is_four", "rules::table"]

[lib]
test = false
doctest = false

[[test]]
name = "chapter"
path = "tests/chapter/main.rs"
"#,
    ),
    (
        "exercises/FOLDER/src/lib.rs",
        r#"/// Twice `n`.
pub fn double(n: i64) -> i64 {
    todo!("return twice {n}")
}

/// Always one.
pub fn one() -> i64 {
    1
}
"#,
    ),
    ("exercises/FOLDER/tests/chapter/main.rs", "use LIB as desk;\n\nmod rules;\n\nmod one;\n"),
    (
        "exercises/FOLDER/tests/chapter/rules.rs",
        r#"use crate::desk::double;

#[test]
fn two_doubled_is_four() {
    assert_eq!(double(2), 4, "twice two, in FOLDER");
}

mod table {
    use super::double;

    #[test]
    fn case_1_nothing() {
        assert_eq!(double(0), 0);
    }

    #[test]
    fn case_2_negative() {
        assert_eq!(double(-3), -6);
    }
}
"#,
    ),
    (
        "exercises/FOLDER/tests/chapter/one.rs",
        "use crate::desk::one;\n\n#[test]\nfn one_is_one() {\n    assert_eq!(one(), 1, \"in FOLDER\");\n}\n",
    ),
    (
        "exercises/FOLDER/hints.md",
        "## When `rules::table` fails or `E0308`\n### Add\nAdd it to itself.\n\n## In general\n### Read\nRead the page.\n",
    ),
    (
        "solutions/FOLDER/Cargo.toml",
        r#"[package]
name = "ID-solution"
version = "0.1.0"
edition = "2024"

[lib]
name = "LIB"
test = false
doctest = false

[[test]]
name = "chapter"
path = "../../exercises/FOLDER/tests/chapter/main.rs"
"#,
    ),
    (
        "solutions/FOLDER/src/lib.rs",
        r#"// ANCHOR: double
/// Twice `n`.
pub fn double(n: i64) -> i64 {
    n * 2
}
// ANCHOR_END: double

/// Always one.
pub fn one() -> i64 {
    1
}
"#,
    ),
    (
        "solutions/FOLDER/wrong-answers/a_constant.diff",
        r#"The answer is the one for two, whatever the number is.
Caught by: rules::table

--- a/solutions/FOLDER/src/lib.rs
+++ b/solutions/FOLDER/src/lib.rs
@@ -1,6 +1,6 @@
 // ANCHOR: double
 /// Twice `n`.
-pub fn double(n: i64) -> i64 {
-    n * 2
+pub fn double(_: i64) -> i64 {
+    4
 }
 // ANCHOR_END: double
"#,
    ),
    (
        "solutions/FOLDER/wrong-answers/plus_two.diff",
        r#"Two is added.
It is right for two alone.
Caught by: rules::table::case_1_nothing, rules::table::case_2_negative

--- a/solutions/FOLDER/src/lib.rs
+++ b/solutions/FOLDER/src/lib.rs
@@ -1,6 +1,6 @@
 // ANCHOR: double
 /// Twice `n`.
 pub fn double(n: i64) -> i64 {
-    n * 2
+    n + 2
 }
 // ANCHOR_END: double
"#,
    ),
    (
        "solutions/FOLDER/wrong-answers/two_files.diff",
        r#"The number is squared.
Caught by: rules::table::case_2_negative

--- a/solutions/FOLDER/src/lib.rs
+++ b/solutions/FOLDER/src/lib.rs
@@ -1,6 +1,3 @@
-// ANCHOR: double
-/// Twice `n`.
-pub fn double(n: i64) -> i64 {
-    n * 2
-}
-// ANCHOR_END: double
+mod square;
+
+pub use square::double;
--- /dev/null
+++ b/solutions/FOLDER/src/square.rs
@@ -0,0 +1,4 @@
+/// The square of `n`.
+pub fn double(n: i64) -> i64 {
+    n * n
+}
"#,
    ),
    (
        "solutions/FOLDER/right-answers/added.diff",
        r#"The number is added to itself.

--- a/solutions/FOLDER/src/lib.rs
+++ b/solutions/FOLDER/src/lib.rs
@@ -1,6 +1,6 @@
 // ANCHOR: double
 /// Twice `n`.
 pub fn double(n: i64) -> i64 {
-    n * 2
+    n + n
 }
 // ANCHOR_END: double
"#,
    ),
    (
        "book/part-1/ID.md",
        r#"# Page ID

```rust
{{#include ../../solutions/FOLDER/src/lib.rs:double}}
```

## Exercise

Run it:

```console
$ cargo test -p ID
```

It fails:

```text,fails=rules::two_doubled_is_four
panicked at exercises/FOLDER/src/lib.rs:99:99:
not yet implemented: return twice 2
…
```
"#,
    ),
];

/// Counts the requests; its ids and times differ from run to run.
pub const SERVICE: &str = r##"//! A service.

use std::{
    env,
    io::{BufRead, BufReader, Result, Write},
    net::TcpListener,
    path::Path,
    process,
};

fn main() -> Result<()> {
    let port = env::var("PORT")
        .ok()
        .and_then(|port| port.parse().ok())
        .unwrap_or(3000);
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    println!(
        "The desk listens on http://{}. Try it.",
        listener.local_addr()?
    );
    // The solution's program has another name than the starter's.
    let name = env::args().next().unwrap_or_default();
    let is_solution = Path::new(&name)
        .file_stem()
        .is_some_and(|name| name.to_string_lossy().contains('-'));
    let state = if is_solution { "solved" } else { "not solved" };
    let id = format!("{:08x}-0000-7000-8000-000000000000", process::id());
    for (visit, stream) in (1..).zip(listener.incoming()) {
        let mut stream = stream?;
        let mut head = BufReader::new(stream.try_clone()?).lines();
        let first = head.next().unwrap_or(Ok(String::new()))?;
        for line in head {
            if line?.is_empty() {
                break;
            }
        }
        let known = if first.contains(&id) { "known" } else { "new" };
        let time = format!("2026-11-22T12:00:00.{}Z", process::id());
        let body = format!("{state} {visit} {known} {id} {time}\n");
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\ndate: {time}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes())?;
    }
    Ok(())
}
"##;

/// What a page shows of it: twice the same process, once the starter's.
pub const TRANSCRIPT: &str = r#"
```console
$ cargo run
The desk listens on http://127.0.0.1:3000. Try it.
$ curl -i http://127.0.0.1:3000/
HTTP/1.1 200 OK
content-length: 90
date: Sun, 22 Nov 2026 12:00:00 GMT

solved 1 new 11111111-1111-7111-8111-111111111111 2026-11-22T12:00:00.5Z
```

The same process answers further down, and knows the id:

```console
$ curl http://localhost:3000/11111111-1111-7111-8111-111111111111
solved 2 known 11111111-1111-7111-8111-111111111111 2026-11-22T12:00:00.5Z
$ curl -H 'x: "quoted"' \
    http://127.0.0.1:3000/
solved 3 new 11111111-1111-7111-8111-111111111111 2026-11-22T12:00:00.5Z
```

```console,starter
$ curl http://127.0.0.1:3000/
not solved 1 new 22222222-2222-7222-8222-222222222222 2026-11-22T12:00:00.5Z
```
"#;
