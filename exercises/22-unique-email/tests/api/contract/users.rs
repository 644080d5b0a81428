//! What every repository of users keeps.

use rstest::rstest;
use rstest_reuse::apply;
use unique_email::{
    application::ports::{InsertUserError, UpdateError},
    domain::{Name, Phone, User, UserId},
};
use uuid::Uuid;

use super::{Kept, every_adapter, in_memory, sqlite};

/// A new user with this number, an address of its own and a telephone.
pub fn user(number: u128, called: &str) -> User {
    let email = format!("{number}@beans.example").parse().expect("an address");
    let phone = Phone::new("+44 20 7946 0000").expect("a number");
    User::register(
        UserId::new(Uuid::from_u128(number)),
        email,
        name(called),
        Some(phone),
    )
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

/// All that is known of a user. Two with the same id are equal, so equality alone
/// says little.
fn all_of(user: &User) -> impl PartialEq + std::fmt::Debug + use<> {
    let (email, name) = (user.email().clone(), user.name().clone());
    let (phone, note) = (user.phone().cloned(), user.staff_note().to_owned());
    (user.id(), email, name, phone, note, user.is_active())
}

impl Kept {
    async fn with_users<const N: usize>(self, users: [&User; N]) -> Self {
        for user in users {
            self.users.insert(user).await.expect("a new user is kept");
        }
        self
    }

    /// Holds that this is what is kept of the user.
    async fn assert_user(&self, user: &User, why: &str) {
        let found = self.users.find(user.id()).await.expect("an answer");
        assert_eq!(found.as_ref().map(all_of), Some(all_of(user)), "{why}");
    }
}

// ANCHOR: found
#[apply(every_adapter)]
pub async fn a_user_is_found_as_it_was_inserted(kept: Kept) {
    let ada = user(1, "Ada");
    let mut bo = user(2, "Bo O'Beans, エチオピア \u{1F375}");
    bo.change_phone(None);
    bo.deactivate();

    let kept = kept.with_users([&ada, &bo]).await;

    kept.assert_user(&ada, "with a telephone, and active").await;
    kept.assert_user(&bo, "without a telephone, and deactivated").await;
}
// ANCHOR_END: found

#[apply(every_adapter)]
pub async fn a_user_who_is_not_there_is_not_found(kept: Kept) {
    let kept = kept.with_users([&user(1, "Ada")]).await;

    let found = kept.users.find(user(2, "Bo").id()).await;

    assert!(matches!(found, Ok(None)), "nobody has this id: {found:?}");
}

// ANCHOR: inserted_once
#[apply(every_adapter)]
pub async fn an_id_of_a_user_is_inserted_once(kept: Kept) {
    let ada = user(1, "Ada");
    let kept = kept.with_users([&ada]).await;
    let address = "eve@beans.example".parse().expect("an address");
    let eve = User::register(ada.id(), address, name("Eve"), None);

    let again = kept.users.insert(&eve).await;

    assert!(
        matches!(again, Err(InsertUserError::SameId)),
        "there is a user with this id: {again:?}"
    );
    kept.assert_user(&ada, "who was there first stays").await;
}
// ANCHOR_END: inserted_once

// ANCHOR: updated
#[apply(every_adapter)]
pub async fn an_update_keeps_what_a_user_has_become(kept: Kept) {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let kept = kept.with_users([&ada, &bo]).await;
    kept.assert_user(&ada, "as she was inserted").await;
    let address = "lovelace@beans.example".parse().expect("an address");
    let note = "pays in advance".to_owned();
    let another =
        User::restore(ada.id(), address, name("Ada L."), None, note, false);

    kept.users.update(&another).await.expect("Ada is there");
    kept.assert_user(&another, "all but the id can change").await;

    kept.users.update(&ada).await.expect("Ada is there");
    kept.assert_user(&ada, "and change back").await;
    kept.assert_user(&bo, "and it is nobody else's").await;
}
// ANCHOR_END: updated

// ANCHOR: update_of_nobody
#[apply(every_adapter)]
pub async fn an_update_of_nobody_is_refused_and_makes_nobody(kept: Kept) {
    let ada = user(1, "Ada");

    let updated = kept.users.update(&ada).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is nobody with this id: {updated:?}"
    );
    let found = kept.users.find(ada.id()).await;
    assert!(matches!(found, Ok(None)), "an update makes no user: {found:?}");

    let kept = kept.with_users([&ada]).await;
    let id = UserId::new(Uuid::from_u128(2));
    let nobody = User::register(id, ada.email().clone(), name("Nobody"), None);
    let updated = kept.users.update(&nobody).await;
    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "nor is there anybody with this one, whose address it may be: {updated:?}"
    );
}
// ANCHOR_END: update_of_nobody

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

    assert_eq!(found.as_ref().map(all_of), Some(all_of(&ada)));
    assert!(matches!(nobody, Ok(None)), "nobody has this address: {nobody:?}");
}
