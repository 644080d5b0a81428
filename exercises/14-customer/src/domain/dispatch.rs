//! Dispatch: the rule that spans an order and its customer.

use thiserror::Error;
use time::OffsetDateTime;

use super::{Address, Customer, CustomerId, Order, OrderId, ShipError};

/// A parcel on its way. The address is the one of that moment: if the customer moves later, the parcel does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    pub order: OrderId,
    pub to: Address,
    /// When it left the roastery, in UTC.
    pub at: OffsetDateTime,
}

/// Why a parcel does not leave the roastery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DispatchError {
    #[error("the order is not this customer's but that of {0}")]
    AnothersOrder(CustomerId),
    #[error("the customer has no address")]
    NoAddress,
    #[error(transparent)]
    Ship(#[from] ShipError),
}

/// Sends an order to its customer's primary address. It belongs to neither of the two: the order knows nothing of addresses,
/// the customer nothing of states.
///
/// # Errors
/// [`DispatchError`]. The order is then as before.
pub fn dispatch(
    _order: &mut Order,
    _customer: &Customer,
    _at: OffsetDateTime,
) -> Result<Shipment, DispatchError> {
    todo!("refuse what cannot leave, or ship the order to the primary address")
}
