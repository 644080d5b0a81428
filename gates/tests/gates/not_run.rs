//! A test that cannot run on this machine is neither passed nor failed.

use crate::fixture::{Draft, SERVER, one_at_a_time};

#[test]
fn the_gates_do_not_take_a_test_that_was_not_run_for_one_that_passes() {
    let _turn = one_at_a_time();
    let workbook = Draft::with_a_test_that_needs_a_server().write();
    let answer = workbook.tool(&["check", "sound", "--format", "json"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    let failures = answer.json()["failures"].as_array().unwrap().clone();
    let gates: Vec<_> = failures.iter().map(|failure| failure["gate"].as_u64().unwrap()).collect();
    assert_eq!(gates, [1, 2], "{failures:#?}");
    for failure in &failures {
        assert_eq!(failure["problem"], "not run: no PostgreSQL. It is missed by: one::a_server_keeps_it");
        assert_eq!(failure["mend"], "Install it.\nOr start one.");
    }
    workbook.put(SERVER, "");
    let answer = workbook.tool(&["check", "sound"]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
}
