//! What every repository of users keeps of their addresses.

use rstest::rstest;
use rstest_reuse::apply;
use uuid::Uuid;

use super::*;
use crate::{
    desk::{
        application::ports::{InsertUserError, UpdateError},
        domain::{User, UserId},
    },
    samples_of_orders::*,
};

// ANCHOR: email
#[apply(every_adapter)]
pub async fn an_address_belongs_to_one_user(kept: Kept) {
    let ada = user(1, "Ada");
    let kept = kept.with_users([&ada]).await;
    let eve = User::register(
        UserId::new(Uuid::from_u128(2)),
        ada.email().clone(),
        name("Eve"),
        None,
    );

    let taken = kept.users.insert(&eve).await;

    assert!(
        matches!(taken, Err(InsertUserError::EmailTaken)),
        "it is Ada's address: {taken:?}"
    );
    kept.assert_user(&ada, "who was there first stays").await;
    let found = kept.users.find(eve.id()).await.expect("an answer");
    assert_ne!(found.map(|user| user.id()), Some(eve.id()), "and Eve is not kept");
}
// ANCHOR_END: email

// ANCHOR: update_of_email
#[apply(every_adapter)]
pub async fn an_update_takes_nobodys_address(kept: Kept) {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let kept = kept.with_users([&ada, &bo]).await;
    let address = ada.email().clone();
    let greedy =
        User::restore(bo.id(), address, name("Bo B."), None, String::new(), true);

    let updated = kept.users.update(&greedy).await;

    assert!(
        matches!(updated, Err(UpdateError::Storage(_))),
        "it is Ada's address: {updated:?}"
    );
    kept.assert_user(&ada, "who has it keeps it").await;
    kept.assert_user(&bo, "and nothing of the update is kept").await;
}
// ANCHOR_END: update_of_email

#[apply(every_adapter)]
pub async fn a_user_is_found_by_the_address(kept: Kept) {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let kept = kept.with_users([&ada]).await;

    let found = kept.users.find_by_email(ada.email()).await.expect("an answer");
    let nobody = kept.users.find_by_email(bo.email()).await;

    assert_eq!(found.as_ref().map(all_of_user), Some(all_of_user(&ada)));
    assert!(matches!(nobody, Ok(None)), "nobody has this address: {nobody:?}");
}

#[apply(every_adapter)]
pub async fn an_update_of_nobody_with_a_taken_address_is_refused(kept: Kept) {
    let ada = user(1, "Ada");
    let kept = kept.with_users([&ada]).await;
    let id = UserId::new(Uuid::from_u128(2));
    let nobody = User::register(id, ada.email().clone(), name("Nobody"), None);

    let updated = kept.users.update(&nobody).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "nobody has this id, whose address it may be: {updated:?}"
    );
}
