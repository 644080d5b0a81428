//! Who tests the contract? For each rule there is an adapter that breaks it and
//! keeps all others. The contract has to notice.

#[path = "../../../../../18-sqlite-adapter/tests/chapter/contract/evil/evil_orders.rs"]
mod evil_orders;
mod evil_users;

use std::{collections::BTreeSet, sync::Arc};

use evil_orders::EvilOrders;
use evil_users::EvilUsers;

use super::{Kept, addresses, orders, users};
use crate::deeds::{self, contract};

// ANCHOR: deeds
contract! {
    users {
        a_user_is_found_as_it_was_inserted: InsertsEverybodyActive;
        a_user_who_is_not_there_is_not_found: FindsSomebodyElse;
        an_id_of_a_user_is_inserted_once: OverwritesAUser, DropsTheSecondUser;
        an_update_keeps_what_a_user_has_become:
            KeepsTheOldTelephone, RemembersAUser, ChangesEverybody;
        an_update_of_nobody_is_refused_and_makes_nobody: MakesAUser, UpdatesNobody;
    }
    addresses {
        an_address_belongs_to_one_user:
            LooksAtTheIdAlone, TakesTheAccountOver, CallsATakenAddressATakenId,
            RefusesAndKeepsBoth;
        an_update_takes_nobodys_address:
            LooksAtNewUsersAlone, GivesTheAddressAway, KeepsAllButTheAddress;
        a_user_is_found_by_the_address:
            FindsAnybodyByAnAddress, FindsNobodyByAnAddress;
        an_update_of_nobody_with_a_taken_address_is_refused: CallsATakenAddressAFailure;
    }
    orders {
        an_order_is_found_as_it_was_inserted:
            ForgetsTheTimeBefore, FindsNoneWithoutItems;
        the_items_of_an_order_keep_their_order: SortsTheItems, KeepsAProductOnce;
        a_price_is_kept_to_the_last_cent: CountsInFloats;
        an_order_in_yen_is_kept_in_yen_or_refused:
            TakesYenForCents, ChangesYenToCents;
        a_moment_is_kept_to_the_microsecond_in_any_time_zone:
            WritesTheTimeOnTheWall, KeepsWholeSeconds;
        an_order_that_is_not_there_is_not_found: FindsAnotherOrder;
        an_id_of_an_order_is_inserted_once:
            OverwritesAnOrder, DropsTheSecondOrder, KeepsTheItemsOfBoth;
        an_update_keeps_what_an_order_has_become:
            ForgetsTheItems, TakesNoItemAway, KeepsTheCustomer, RemembersAnOrder,
            ChangesAllOrders;
        an_update_of_nothing_is_refused_and_makes_nothing:
            MakesAnOrder, UpdatesNothing;
        the_orders_of_a_customer_are_listed_the_newest_first:
            ListsTheOldestFirst, ListsAsTheyCame, ListsByTheirTime, ListsNoItems;
        a_customer_has_her_own_orders_and_nobody_elses: ListsEverybodys;
        all_orders_of_a_customer_are_listed: ListsAHundred;
    }
}
// ANCHOR_END: deeds

// ANCHOR: catches
#[tokio::test]
async fn each_evil_adapter_breaks_its_own_rule_and_no_other() {
    for (deed, its_own) in DEEDS {
        let broken = deeds::broken(RULES, || evil(*deed)).await;
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

    let rules = deeds::rules_in(sources);
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
