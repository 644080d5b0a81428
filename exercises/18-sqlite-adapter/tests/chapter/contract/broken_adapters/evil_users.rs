//! Users in memory, kept as the contract has it, but for one deed.

use std::sync::Mutex;

use crate::desk::{
    application::ports::{InsertError, StorageError, UpdateError, UserRepository},
    domain::{Phone, User, UserId},
};
use async_trait::async_trait;

use super::Deed;
use crate::broken_rules::lock;

#[derive(Debug)]
pub struct EvilUsers {
    deed: Deed,
    users: Mutex<Vec<User>>,
    found: Mutex<Vec<User>>,
}

impl EvilUsers {
    pub fn new(deed: Deed) -> Self {
        Self { deed, users: Mutex::default(), found: Mutex::default() }
    }
}

/// A user with this id who is in all else like that one.
fn like(id: UserId, other: &User, phone: Option<&Phone>, active: bool) -> User {
    User::restore(
        id,
        other.email().clone(),
        other.name().clone(),
        phone.cloned(),
        other.staff_note().to_owned(),
        active,
    )
}

// ANCHOR: evil
#[async_trait]
impl UserRepository for EvilUsers {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        let users = lock(&self.users);
        let mut found = users.iter().find(|user| user.id() == id).cloned();
        match self.deed {
            Deed::FindsSomebodyElse if found.is_none() => {
                found = users.first().cloned();
            }
            Deed::RemembersAUser => {
                let mut before = lock(&self.found);
                match before.iter().find(|user| user.id() == id) {
                    Some(user) => found = Some(user.clone()),
                    None => before.extend(found.clone()),
                }
            }
            _ => {}
        }
        Ok(found)
    }

    async fn insert(&self, user: &User) -> Result<(), InsertError> {
        let mut users = lock(&self.users);
        if let Some(known) = users.iter_mut().find(|known| *known == user) {
            return match self.deed {
                Deed::OverwritesAUser => {
                    *known = user.clone();
                    Err(InsertError::SameId)
                }
                Deed::DropsTheSecondUser => Ok(()),
                _ => Err(InsertError::SameId),
            };
        }
        users.push(match self.deed {
            Deed::InsertsEverybodyActive => {
                like(user.id(), user, user.phone(), true)
            }
            _ => user.clone(),
        });
        Ok(())
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        let mut users = lock(&self.users);
        let Some(at) = users.iter().position(|known| known == user) else {
            return match self.deed {
                Deed::UpdatesNobody => Ok(()),
                Deed::MakesAUser => {
                    users.push(user.clone());
                    Err(UpdateError::NotThere)
                }
                _ => Err(UpdateError::NotThere),
            };
        };
        match self.deed {
            Deed::KeepsTheOldTelephone => {
                let phone = user.phone().or(users[at].phone());
                users[at] = like(user.id(), user, phone, user.is_active());
            }
            Deed::ChangesEverybody => {
                for known in users.iter_mut() {
                    *known = like(known.id(), user, user.phone(), user.is_active());
                }
            }
            _ => users[at] = user.clone(),
        }
        Ok(())
    }
}
// ANCHOR_END: evil
