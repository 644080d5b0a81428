// Caught by: compiler::does_not_compile::case_5_a_user_changed_from_outside
// Replaces: src/domain/user.rs
//! Users: who has an account.

use std::hash::{Hash, Hasher};

use super::{Email, Name, Phone, UserId};

const NOTE_FOR_A_NEW_USER: &str = "new: check the address before the first order";
/// Somebody with an account. Two values with the same id are the same user, whatever else they say.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub email: Email,
    pub name: Name,
    pub phone: Option<Phone>,
    pub staff_note: String,
    active: bool,
}

impl PartialEq for User {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for User {}

impl Hash for User {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl User {
    /// A new user, active, with the note that the staff has for everybody new.
    pub fn register(
        id: UserId,
        email: Email,
        name: Name,
        phone: Option<Phone>,
    ) -> Self {
        let staff_note = NOTE_FOR_A_NEW_USER.to_owned();
        Self { id, email, name, phone, staff_note, active: true }
    }

    pub fn id(&self) -> UserId {
        self.id
    }

    pub fn email(&self) -> &Email {
        &self.email
    }

    pub fn name(&self) -> &Name {
        &self.name
    }

    pub fn phone(&self) -> Option<&Phone> {
        self.phone.as_ref()
    }

    /// What the staff thinks of this user. For the staff alone.
    pub fn staff_note(&self) -> &str {
        &self.staff_note
    }

    pub fn is_active(&self) -> bool {
        self.active
    }

    pub fn rename(&mut self, name: Name) {
        self.name = name;
    }

    /// `None` removes the number.
    pub fn change_phone(&mut self, phone: Option<Phone>) {
        self.phone = phone;
    }
    /// Closes the account. To close a closed one changes nothing.
    pub fn deactivate(&mut self) {
        self.active = false;
    }

    /// Whether an order of this user may be taken: a deactivated user cannot order.
    pub fn can_place_order(&self) -> bool {
        self.active
    }
}
