//! Users that only a test would write.

#![allow(dead_code, unused_imports, reason = "each ring uses its part of it")]

use async_trait::async_trait;

use crate::{
    desk::{
        adapters::in_memory::InMemoryUsers,
        application::ports::{
            InsertUserError, StorageError, UpdateError, UserRepository,
        },
        domain::{Email, User, UserId},
    },
    fakes::{Broken, disk_full},
};

#[async_trait]
impl UserRepository for Broken {
    async fn find(&self, _id: UserId) -> Result<Option<User>, StorageError> {
        Err(disk_full())
    }

    async fn insert(&self, _user: &User) -> Result<(), InsertUserError> {
        Err(disk_full().into())
    }

    async fn update(&self, _user: &User) -> Result<(), UpdateError> {
        Err(disk_full().into())
    }

    async fn find_by_email(
        &self,
        _email: &Email,
    ) -> Result<Option<User>, StorageError> {
        Err(disk_full())
    }
}

// ANCHOR: quick_staff
/// Users in memory, and a staff that deactivates each of them as soon as somebody
/// has asked.
#[derive(Debug, Default)]
pub struct QuickStaff(pub InMemoryUsers);

#[async_trait]
impl UserRepository for QuickStaff {
    async fn find(&self, id: UserId) -> Result<Option<User>, StorageError> {
        let found = self.0.find(id).await?;
        if let Some(mut user) = found.clone() {
            user.deactivate();
            self.update(&user).await.map_err(StorageError::new)?;
        }
        Ok(found)
    }
    // ANCHOR_END: quick_staff

    async fn insert(&self, user: &User) -> Result<(), InsertUserError> {
        self.0.insert(user).await
    }

    async fn update(&self, user: &User) -> Result<(), UpdateError> {
        self.0.update(user).await
    }

    async fn find_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<User>, StorageError> {
        self.0.find_by_email(email).await
    }
}
