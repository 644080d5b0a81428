//! Who tests the contract? For each rule there is an adapter that breaks it and
//! keeps all others. The contract has to notice.

#[path = "../../../../../18-sqlite-adapter/tests/chapter/contract/broken_adapters/evil_orders.rs"]
mod evil_orders;
mod evil_users;

use std::{collections::BTreeSet, sync::Arc};

use evil_orders::EvilOrders;
use evil_users::EvilUsers;

use super::{Kept, addresses, orders, users};
use crate::broken_rules::{self, contract_with};

contract_with! {
    addresses {
        duplicate_email_is_not_inserted:
            LooksAtTheIdAlone, TakesTheAccountOver, CallsATakenAddressATakenId,
            RefusesAndKeepsBoth, GivesAwayWhatADeactivatedUserHad;
        update_to_a_taken_email_is_refused:
            LooksAtNewUsersAlone, LooksAtActiveUsersAlone, GivesTheAddressAway,
            KeepsAllButTheAddress;
        user_is_found_by_email:
            FindsAnybodyByAnAddress, FindsNobodyByAnAddress, FindsActiveUsersAlone;
        update_of_a_missing_user_is_not_there: CallsATakenAddressAFailure;
    }
}

// ANCHOR: catches
#[tokio::test]
async fn each_evil_adapter_breaks_one_rule() {
    for (deed, its_own) in DEEDS {
        let broken = broken_rules::broken(RULES, || evil(*deed)).await;
        assert_eq!(broken, [*its_own], "the contract, asked of {deed:?}");
    }
}
// ANCHOR_END: catches

#[test]
fn each_rule_has_an_evil_adapter() {
    let sources = concat!(
        include_str!(
            "../../../../../18-sqlite-adapter/tests/chapter/contract/users.rs"
        ),
        include_str!("../addresses.rs"),
        include_str!(
            "../../../../../18-sqlite-adapter/tests/chapter/contract/orders.rs"
        ),
    );

    let broken: BTreeSet<&str> = DEEDS.iter().map(|(_, rule)| *rule).collect();

    let rules = broken_rules::rules_in(sources);
    assert_eq!(rules, broken, "the rules, and those that somebody breaks");
}

/// Repositories that do this.
fn evil(deed: Deed) -> Kept {
    Kept {
        users: Arc::new(EvilUsers::new(deed)),
        orders: Arc::new(EvilOrders::new(deed)),
        _scratch: None,
    }
}
