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

        const RULES: &[(&str, $crate::deeds::Rule)] = &[
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
        $crate::deeds::contract! {
// ANCHOR: deeds
    users {
        a_user_is_found_as_it_was_inserted: InsertsEverybodyActive;
        a_user_who_is_not_there_is_not_found: FindsSomebodyElse;
        an_id_of_a_user_is_inserted_once: OverwritesAUser, DropsTheSecondUser;
        an_update_keeps_what_a_user_has_become:
            KeepsTheOldTelephone, RemembersAUser, ChangesEverybody;
        an_update_of_nobody_is_refused_and_makes_nobody: MakesAUser, UpdatesNobody;
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
