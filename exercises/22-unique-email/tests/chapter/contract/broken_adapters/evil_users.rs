//! Users in memory, kept as the contract has it, but for one deed.

use std::sync::Mutex;

use crate::desk::{
    application::ports::{
        InsertUserError, StorageError, UpdateError, UserRepository,
    },
    domain::{Email, Phone, User, UserId},
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

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        let users = lock(&self.users);
        let found = users.iter().find(|user| user.email() == email);
        Ok(match self.deed {
            Deed::FindsAnybodyByAnAddress => users.first().cloned(),
            Deed::FindsNobodyByAnAddress => None,
            Deed::FindsActiveUsersAlone => {
                found.filter(|user| user.is_active()).cloned()
            }
            _ => found.cloned(),
        })
    }

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        let mut users = lock(&self.users);
        if let Some(known) = users.iter_mut().find(|known| *known == user) {
            return match self.deed {
                Deed::OverwritesAUser => {
                    *known = user.clone();
                    Err(InsertUserError::SameId)
                }
                Deed::DropsTheSecondUser => Ok(()),
                _ => Err(InsertUserError::SameId),
            };
        }
        let taken = |known: &&mut User| known.email() == user.email();
        if let Some(known) = users.iter_mut().find(taken) {
            match self.deed {
                Deed::LooksAtTheIdAlone => {}
                Deed::GivesAwayWhatADeactivatedUserHad if !known.is_active() => {}
                Deed::RefusesAndKeepsBoth => {
                    users.push(user.clone());
                    return Err(InsertUserError::EmailTaken);
                }
                Deed::TakesTheAccountOver => {
                    known.rename(user.name().clone());
                    return Err(InsertUserError::EmailTaken);
                }
                Deed::CallsATakenAddressATakenId => {
                    return Err(InsertUserError::SameId);
                }
                _ => return Err(InsertUserError::EmailTaken),
            }
        }
        users.push(match self.deed {
            // Those of the rules about addresses have a telephone.
            Deed::InsertsEverybodyActive if user.phone().is_none() => {
                like(user.id(), user, user.phone(), true)
            }
            _ => user.clone(),
        });
        Ok(())
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        let mut users = lock(&self.users);
        let Some(at) = users.iter().position(|known| known == user) else {
            let taken = users.iter().any(|known| known.email() == user.email());
            return match self.deed {
                Deed::CallsATakenAddressAFailure if taken => {
                    Err(StorageError::new("somebody else has this address").into())
                }
                Deed::UpdatesNobody if !taken => Ok(()),
                Deed::MakesAUser => {
                    users.push(user.clone());
                    Err(UpdateError::NotThere)
                }
                _ => Err(UpdateError::NotThere),
            };
        };
        let taken = |known: &User| known != user && known.email() == user.email();
        if let Some(theirs) = users.iter().position(taken) {
            let is_active = users[theirs].is_active();
            match self.deed {
                Deed::LooksAtNewUsersAlone => users[at] = user.clone(),
                Deed::LooksAtActiveUsersAlone if !is_active => {
                    users[at] = user.clone();
                }
                Deed::GivesTheAddressAway => {
                    users.swap_remove(theirs);
                }
                Deed::KeepsAllButTheAddress => {
                    users[at].rename(user.name().clone())
                }
                _ => {}
            }
            let taken = StorageError::new("somebody else has this address");
            return match self.deed {
                Deed::LooksAtNewUsersAlone => Ok(()),
                Deed::LooksAtActiveUsersAlone if !is_active => Ok(()),
                _ => Err(taken.into()),
            };
        }
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
