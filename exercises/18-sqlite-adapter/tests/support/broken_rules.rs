//! What an evil adapter does, and which rules of the contract notice.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use std::{
    collections::BTreeSet,
    pin::Pin,
    sync::{Mutex, MutexGuard},
};

use crate::repositories::Kept;

pub type Rule = fn(Kept) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// The rules of the contract, and for each of them what an adapter may do to break
/// it.
macro_rules! contract {
    ($($module:ident { $($rule:ident: $($deed:ident),+;)+ })+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Deed { $($($($deed,)+)+)+ }

        const RULES: &[(&str, $crate::broken_rules::Rule)] = &[
            $($((stringify!($rule), |kept| Box::pin($module::$rule(async { kept }))),)+)+
        ];

        const DEEDS: &[(Deed, &str)] = &[
            $($($((Deed::$deed, stringify!($rule)),)+)+)+
        ];
    };
}
pub(crate) use contract;

/// The rules of chapter 18 with what breaks each of them, and those that a later chapter adds.
macro_rules! contract_with {
    ($($more:tt)*) => {
        $crate::broken_rules::contract! {
// ANCHOR: deeds
    users {
        inserted_user_is_found: InsertsEverybodyActive;
        missing_user_is_not_found: FindsSomebodyElse;
        user_id_is_inserted_once: OverwritesAUser, DropsTheSecondUser;
        user_update_keeps_all_fields:
            KeepsTheOldTelephone, RemembersAUser, ChangesEverybody;
        update_of_missing_user_is_refused: MakesAUser, UpdatesNobody;
    }
    orders {
        inserted_order_is_found:
            ForgetsTheTimeBefore, FindsNoneWithoutItems;
        items_keep_their_order: SortsTheItems, KeepsAProductOnce;
        prices_are_kept_to_the_cent: CountsInFloats;
        order_in_yen_is_kept_in_yen_or_refused:
            TakesYenForCents, ChangesYenToCents;
        times_are_kept_to_the_microsecond:
            WritesTheTimeOnTheWall, KeepsWholeSeconds, KeepsMilliseconds;
        missing_order_is_not_found: FindsAnotherOrder;
        order_id_is_inserted_once:
            OverwritesAnOrder, DropsTheSecondOrder, KeepsTheItemsOfBoth;
        order_update_keeps_state_and_customer:
            KeepsTheCustomer, RemembersAnOrder, ChangesAllOrders;
        order_update_replaces_items:
            ForgetsTheItems, TakesNoItemAway, KeepsTheLastItem,
            KeepsItemsOfTheSameNumber;
        update_of_missing_order_is_refused:
            MakesAnOrder, UpdatesNothing;
        order_list_is_newest_first:
            ListsTheOldestFirst, ListsAsTheyCame, ListsByTheirTime, ListsNoItems;
        order_list_is_of_one_customer: ListsEverybodys;
        order_list_is_complete: ListsAHundred, ListsNoneWithoutItems;
    }
// ANCHOR_END: deeds
            $($more)*
        }
    };
}
pub(crate) use contract_with;

/// The rules that do not hold of these repositories. Each is asked of new ones.
pub async fn broken(
    rules: &[(&'static str, Rule)],
    kept: impl Fn() -> Kept,
) -> Vec<&'static str> {
    let mut broken = Vec::new();
    for (name, rule) in rules {
        if tokio::spawn(rule(kept())).await.is_err() {
            broken.push(*name);
        }
    }
    broken
}

/// The names of the rules in these sources.
pub fn rules_in(sources: &str) -> BTreeSet<&str> {
    sources
        .split("#[apply(every_adapter)]\npub async fn ")
        .skip(1)
        .filter_map(|rule| rule.split('(').next())
        .collect()
}

pub fn lock<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().expect("nobody panics here")
}
