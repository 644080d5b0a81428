//! Customers: who buys, and where it is sent.

use thiserror::Error;

use super::{Address, AddressId, CustomerId, UserId};

// ANCHOR: customer
/// A user in the role of the buyer, with the addresses that parcels may go to: at most [`Customer::MAX_ADDRESSES`], and exactly
/// one of them is the primary one as soon as there are any.
#[derive(Debug, Clone)]
pub struct Customer {
    id: CustomerId,
    /// The first is the primary one: so there can be neither two of them nor none among several.
    addresses: Vec<(AddressId, Address)>,
}
// ANCHOR_END: customer

/// Every customer is a user in another role, and has the user's number: an account and its buyer are one person.
impl CustomerId {
    /// The customer that this user is.
    pub const fn of(user: UserId) -> Self {
        Self::new(user.uuid())
    }

    /// The user that this customer is.
    pub const fn user(self) -> UserId {
        UserId::new(self.uuid())
    }
}

// ANCHOR: errors
/// Why an address cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddAddressError {
    #[error("a customer has at most {max} addresses", max = Customer::MAX_ADDRESSES)]
    TooMany,
    #[error("the customer has an address {0} already")]
    SameId(AddressId),
}

/// The customer has no address with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the customer has no address {0}")]
pub struct NoSuchAddress(pub AddressId);

/// Why an address cannot be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RemoveAddressError {
    #[error(transparent)]
    NoSuchAddress(#[from] NoSuchAddress),
    #[error("another address has to be the primary one first")]
    Primary,
}
// ANCHOR_END: errors

impl Customer {
    /// The most addresses that a customer has.
    pub const MAX_ADDRESSES: usize = 5;

    /// A customer without an address.
    pub fn new(id: CustomerId) -> Self {
        Self { id, addresses: Vec::new() }
    }

    pub fn id(&self) -> CustomerId {
        self.id
    }

    /// All addresses, the primary one first.
    pub fn addresses(
        &self,
    ) -> impl ExactSizeIterator<Item = (AddressId, &Address)> {
        self.addresses.iter().map(|(id, address)| (*id, address))
    }

    /// Where parcels go, when there is an address at all.
    pub fn primary_address(&self) -> Option<&Address> {
        self.addresses.first().map(|(_, address)| address)
    }

    // ANCHOR: add
    /// Adds an address. The first one is the primary one.
    ///
    /// # Errors
    /// [`AddAddressError`]. The customer is then as before.
    pub fn add_address(
        &mut self,
        id: AddressId,
        address: Address,
    ) -> Result<(), AddAddressError> {
        if self.addresses.len() >= Self::MAX_ADDRESSES {
            return Err(AddAddressError::TooMany);
        }
        if self.position(id).is_ok() {
            return Err(AddAddressError::SameId(id));
        }
        self.addresses.push((id, address));
        Ok(())
    }
    // ANCHOR_END: add

    /// Makes this address the primary one. The others keep their order.
    ///
    /// # Errors
    /// [`NoSuchAddress`].
    pub fn make_primary(&mut self, id: AddressId) -> Result<(), NoSuchAddress> {
        let at = self.position(id)?;
        self.addresses[..=at].rotate_right(1);
        Ok(())
    }

    /// Removes an address. The primary one goes last: while there are others, one of them has to take its place first.
    ///
    /// # Errors
    /// [`RemoveAddressError`]. The customer is then as before.
    pub fn remove_address(
        &mut self,
        id: AddressId,
    ) -> Result<(), RemoveAddressError> {
        let at = self.position(id)?;
        if at == 0 && self.addresses.len() > 1 {
            return Err(RemoveAddressError::Primary);
        }
        self.addresses.remove(at);
        Ok(())
    }

    fn position(&self, id: AddressId) -> Result<usize, NoSuchAddress> {
        self.addresses
            .iter()
            .position(|(known, _)| *known == id)
            .ok_or(NoSuchAddress(id))
    }
}
