//! The adapter that the contract is asked of here. The kept ring asks the others.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use rstest::rstest;
use rstest_reuse::template;

use crate::repositories::Kept;

// ANCHOR: template
/// Each rule is tested for it.
#[template]
#[export]
#[rstest]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
#[case::postgres(postgres())]
#[tokio::test]
async fn every_adapter(
    #[future(awt)]
    #[case]
    kept: Kept,
) {
}
// ANCHOR_END: template
