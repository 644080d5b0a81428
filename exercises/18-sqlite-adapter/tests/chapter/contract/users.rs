//! What every repository of users keeps.

use rstest::rstest;
use rstest_reuse::apply;

use super::*;
use crate::{
    desk::{application::ports::UpdateError, domain::User},
    samples_of_orders::*,
    storage_errors::is_same_id,
};

// ANCHOR: found
#[apply(every_adapter)]
pub async fn inserted_user_is_found(kept: Kept) {
    let ada = user(1, "Ada");
    let (bo, called) = (user(2, "Bo"), name("Bo O'Beans, エチオピア \u{1F375}"));
    let (email, note) = (bo.email().clone(), " no\tcalls\n".to_owned());
    let bo = User::restore(bo.id(), email, called, None, note, false);

    let kept = kept.with_users([&ada, &bo]).await;

    kept.assert_user(&ada, "with a telephone, and active").await;
    kept.assert_user(&bo, "without a telephone, and deactivated").await;
}
// ANCHOR_END: found

#[apply(every_adapter)]
pub async fn missing_user_is_not_found(kept: Kept) {
    let kept = kept.with_users([&user(1, "Ada")]).await;

    let found = kept.users.find(user(2, "Bo").id()).await;

    assert!(matches!(found, Ok(None)), "nobody has this id: {found:?}");
}

// ANCHOR: inserted_once
#[apply(every_adapter)]
pub async fn user_id_is_inserted_once(kept: Kept) {
    let ada = user(1, "Ada");
    let kept = kept.with_users([&ada]).await;
    let address = "eve@beans.example".parse().expect("an address");
    let eve = User::register(ada.id(), address, name("Eve"), None);

    let again = kept.users.insert(&eve).await;

    assert!(is_same_id(&again), "there is a user with this id: {again:?}");
    kept.assert_user(&ada, "who was there first stays").await;
    kept.with_users([&user(2, "Bo")]).await;
}
// ANCHOR_END: inserted_once

// ANCHOR: updated
#[apply(every_adapter)]
pub async fn user_update_keeps_all_fields(kept: Kept) {
    let (ada, bo) = (user(1, "Ada"), user(2, "Bo"));
    let kept = kept.with_users([&ada, &bo]).await;
    kept.assert_user(&ada, "as she was inserted").await;
    let address = "lovelace@beans.example".parse().expect("an address");
    let note = " pays \"in advance\"\n".to_owned();
    let another =
        User::restore(ada.id(), address, name("Ada L."), None, note, false);

    kept.users.update(&another).await.expect("Ada is there");
    kept.assert_user(&another, "all but the id can change").await;

    let (email, called) = (ada.email().clone(), ada.name().clone());
    let no_note = User::restore(ada.id(), email, called, None, String::new(), true);
    kept.users.update(&no_note).await.expect("Ada is there");
    kept.assert_user(&no_note, "a note can go").await;

    kept.users.update(&ada).await.expect("Ada is there");
    kept.assert_user(&ada, "and change back").await;
    kept.assert_user(&bo, "and it is nobody else's").await;
}
// ANCHOR_END: updated

// ANCHOR: update_of_nobody
#[apply(every_adapter)]
pub async fn update_of_missing_user_is_refused(kept: Kept) {
    let ada = user(1, "Ada");

    let updated = kept.users.update(&ada).await;

    assert!(
        matches!(updated, Err(UpdateError::NotThere)),
        "there is nobody with this id: {updated:?}"
    );
    let found = kept.users.find(ada.id()).await;
    assert!(matches!(found, Ok(None)), "an update makes no user: {found:?}");
    let kept = kept.with_users([&ada]).await;
    kept.assert_user(&ada, "inserted, and not updated").await;
}
// ANCHOR_END: update_of_nobody
