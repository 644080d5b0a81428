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
