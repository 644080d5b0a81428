//! The adapters that the contract is asked of.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use rstest::rstest;
use rstest_reuse::template;

use crate::repositories::Kept;

// ANCHOR: template
/// Each rule is tested for each of these.
#[template]
#[export]
#[rstest]
#[case::in_memory(in_memory())]
#[case::sqlite(sqlite())]
#[case::postgres(postgres())]
#[tokio::test]
async fn every_adapter(
    #[future(awt)]
    #[case]
    kept: Kept,
) {
}
// ANCHOR_END: template
