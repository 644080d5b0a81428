//! Dispatch: the rule that spans an order and its customer.

use thiserror::Error;
use time::OffsetDateTime;

use super::{Address, Customer, CustomerId, Order, OrderId, ShipError};

// ANCHOR: shipment
/// A parcel on its way. The address is the one of that moment: if the customer moves later, the parcel does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    pub order: OrderId,
    pub to: Address,
    /// When it left the roastery, in UTC.
    pub at: OffsetDateTime,
}
// ANCHOR_END: shipment

// ANCHOR: error
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
// ANCHOR_END: error

// ANCHOR: dispatch
/// Sends an order to its customer's primary address. It belongs to neither of the two: the order knows nothing of addresses,
/// the customer nothing of states.
///
/// # Errors
/// [`DispatchError`]. The order is then as before.
pub fn dispatch(
    order: &mut Order,
    customer: &Customer,
    at: OffsetDateTime,
) -> Result<Shipment, DispatchError> {
    if order.customer() != customer.id() {
        return Err(DispatchError::AnothersOrder(order.customer()));
    }
    let to = customer.primary_address().ok_or(DispatchError::NoAddress)?.clone();
    order.ship(at)?;
    Ok(Shipment { order: order.id(), to, at })
}
// ANCHOR_END: dispatch
