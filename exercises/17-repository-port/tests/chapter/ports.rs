//! The use cases ask ports.

use crate::uses::{is_the_database, uses};

// ANCHOR: inside
#[test]
fn use_cases_use_no_database() {
    let found = uses(&["application"], is_the_database);

    assert!(
        found.is_empty(),
        "a use case asks a port, and does not know which database is behind it. Here it does:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: inside
