//! What every repository of users keeps of their addresses.

use super::*;
use crate::{
    desk::{
        application::ports::{InsertUserError, UpdateError},
        domain::User,
    },
    samples_of_orders::*,
};
use rstest::rstest;
use rstest_reuse::apply;

// ANCHOR: email
#[apply(every_adapter)]
pub async fn duplicate_email_is_not_inserted(kept: Kept) {
    let (ada, mut cy) = (user(1, "Ada"), user(2, "Cy"));
    cy.deactivate();
    let kept = kept.with_users([&ada, &cy]).await;
    for holder in [&ada, &cy] {
        let eve = with_email_of(holder, user(3, "Eve"));

        let taken = kept.users.insert(&eve).await;

        assert!(
            matches!(taken, Err(InsertUserError::EmailTaken)),
            "it is the address of {}: {taken:?}",
            holder.name().as_str()
        );
        kept.assert_user(holder, "who was there first stays").await;
        let found = kept.users.find(eve.id()).await.expect("an answer");
        assert_ne!(found.map(|user| user.id()), Some(eve.id()), "Eve is not kept");
    }
    kept.with_users([&user(3, "Eve")]).await;
}
// ANCHOR_END: email

/// This user, but with the address of that one.
fn with_email_of(holder: &User, user: User) -> User {
    let (name, phone) = (user.name().clone(), user.phone().cloned());
    let (email, note) = (holder.email().clone(), user.staff_note().to_owned());
    User::restore(user.id(), email, name, phone, note, user.is_active())
}

// ANCHOR: update_of_email
#[apply(every_adapter)]
pub async fn update_to_a_taken_email_is_refused(kept: Kept) {
    let (ada, bo, mut cy) = (user(1, "Ada"), user(2, "Bo"), user(3, "Cy"));
    cy.deactivate();
    let kept = kept.with_users([&ada, &bo, &cy]).await;
    for holder in [&ada, &cy] {
        let greedy = with_email_of(holder, user(2, "Bo B."));

        let updated = kept.users.update(&greedy).await;

        assert!(
            matches!(updated, Err(UpdateError::Storage(_))),
            "it is the address of {}: {updated:?}",
            holder.name().as_str()
        );
        kept.assert_user(holder, "who has it keeps it").await;
        kept.assert_user(&bo, "and nothing of the update is kept").await;
    }
    let moved = with_email_of(&user(4, "Di"), user(2, "Bo"));
    kept.users.update(&moved).await.expect("nobody has this address");
    let next = with_email_of(&bo, user(5, "Ed"));
    kept.with_users([&next]).await.assert_user(&next, "Bo's is free now").await;
}
// ANCHOR_END: update_of_email

#[apply(every_adapter)]
pub async fn user_is_found_by_email(kept: Kept) {
    let (ada, bo, mut cy) = (user(1, "Ada"), user(2, "Bo"), user(3, "Cy"));
    cy.deactivate();
    let kept = kept.with_users([&ada, &cy]).await;

    for user in [&ada, &cy] {
        let found =
            kept.users.find_by_email(user.email()).await.expect("an answer");
        assert_eq!(found.as_ref().map(all_of_user), Some(all_of_user(user)));
    }
    for other in [bo.email().as_str(), "_@beans.example", "%@beans.example"] {
        let found =
            kept.users.find_by_email(&other.parse().expect("an address")).await;
        assert!(matches!(found, Ok(None)), "nobody has {other}: {found:?}");
    }
}

#[apply(every_adapter)]
pub async fn update_of_a_missing_user_is_not_there(kept: Kept) {
    let ada = user(1, "Ada");
    let kept = kept.with_users([&ada]).await;
    let missing = with_email_of(&ada, user(2, "Nobody"));

    let updated = kept.users.update(&missing).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "nobody has this id, whose address it may be: {updated:?}"
    );
    kept.assert_user(&ada, "who has the address is as before").await;
}
