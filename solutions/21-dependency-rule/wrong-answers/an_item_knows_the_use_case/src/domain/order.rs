// Caught by: architecture::dependencies_point_inward_from::case_1_domain
//! Orders.

use time::OffsetDateTime;

use super::{
    AddItemError, CancelError, Currency, CustomerId, Money, MoneyError, OrderId,
    OrderState, PayError, Product, Quantity, RestoreOrderError, ShipError, Sku,
    SubmitError,
};

// ANCHOR: order
/// What a customer wants from the roastery. All its items have its currency, and its total can be counted.
#[derive(Debug, Clone)]
pub struct Order {
    id: OrderId,
    customer: CustomerId,
    currency: Currency,
    items: Vec<OrderItem>,
    state: OrderState,
}

/// One line of an order. Name and price are those of the moment in which it was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderItem {
    sku: Sku,
    name: String,
    unit_price: Money,
    quantity: Quantity,
    subtotal: Money,
}
// ANCHOR_END: order

impl Order {
    /// An order without items, which nobody has sent off yet.
    pub fn draft(id: OrderId, customer: CustomerId, currency: Currency) -> Self {
        Self { id, customer, currency, items: Vec::new(), state: OrderState::Draft }
    }

    // ANCHOR: restore
    /// An order as it was kept. It has been through all moves already, so none of them is made again. What holds of every
    /// order is asked all the same.
    ///
    /// # Errors
    /// [`RestoreOrderError`] for what no order can have become.
    pub fn restore(
        id: OrderId,
        customer: CustomerId,
        currency: Currency,
        items: Vec<OrderItem>,
        state: OrderState,
    ) -> Result<Self, RestoreOrderError> {
        if state.submitted_at().is_some() && items.is_empty() {
            return Err(RestoreOrderError::Empty(state.name()));
        }
        Money::sum(currency, items.iter().map(|item| item.subtotal))?;
        Ok(Self { id, customer, currency, items, state })
    }
    // ANCHOR_END: restore

    pub fn id(&self) -> OrderId {
        self.id
    }

    /// Who ordered.
    pub fn customer(&self) -> CustomerId {
        self.customer
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    // ANCHOR: items
    /// The lines, in the order in which they were added. To look at: only the order changes them.
    pub fn items(&self) -> &[OrderItem] {
        &self.items
    }
    // ANCHOR_END: items

    // ANCHOR: add_item
    /// Adds a line with this product, as it is offered now. The same product twice is two lines.
    ///
    /// # Errors
    /// [`AddItemError`]. The order is then as it was.
    pub fn add_item(
        &mut self,
        product: &Product,
        quantity: Quantity,
    ) -> Result<(), AddItemError> {
        let OrderState::Draft = self.state else {
            return Err(AddItemError::NotDraft(self.state.name()));
        };
        let item = OrderItem::new(product, quantity)?;
        self.total().checked_add(item.subtotal)?;
        self.items.push(item);
        Ok(())
    }
    // ANCHOR_END: add_item

    // ANCHOR: total
    /// What all lines cost together.
    pub fn total(&self) -> Money {
        let subtotals = self.items.iter().map(|item| item.subtotal);
        Money::sum(self.currency, subtotals)
            .expect("`add_item` lets nothing in that does not add up")
    }
    // ANCHOR_END: total

    /// Where it is on its way.
    pub fn state(&self) -> OrderState {
        self.state
    }

    // ANCHOR: states
    /// Sends the order to the roastery.
    ///
    /// # Errors
    /// When it has no items, or is no draft.
    pub fn submit(&mut self, at: OffsetDateTime) -> Result<(), SubmitError> {
        match self.state {
            OrderState::Draft if self.items.is_empty() => Err(SubmitError::Empty),
            OrderState::Draft => {
                self.state = OrderState::Submitted { at };
                Ok(())
            }
            state => Err(SubmitError::NotDraft(state.name())),
        }
    }

    /// Notes that the money is there.
    ///
    /// # Errors
    /// When it does not wait for money.
    pub fn pay(&mut self, at: OffsetDateTime) -> Result<(), PayError> {
        match self.state {
            OrderState::Submitted { at: submitted_at } => {
                self.state = OrderState::Paid { submitted_at, at };
                Ok(())
            }
            state => Err(PayError::NotSubmitted(state.name())),
        }
    }

    /// Notes that it left the roastery.
    ///
    /// # Errors
    /// When it is not paid, or has left already.
    pub fn ship(&mut self, at: OffsetDateTime) -> Result<(), ShipError> {
        match self.state {
            OrderState::Paid { submitted_at, at: paid_at } => {
                self.state = OrderState::Shipped { submitted_at, paid_at, at };
                Ok(())
            }
            state => Err(ShipError::NotPaid(state.name())),
        }
    }

    /// Takes the order back.
    ///
    /// # Errors
    /// When it is paid, shipped, or cancelled already.
    pub fn cancel(&mut self, at: OffsetDateTime) -> Result<(), CancelError> {
        let submitted_at = match self.state {
            OrderState::Draft => None,
            OrderState::Submitted { at } => Some(at),
            OrderState::Cancelled { .. } => {
                return Err(CancelError::AlreadyCancelled);
            }
            state @ (OrderState::Paid { .. } | OrderState::Shipped { .. }) => {
                return Err(CancelError::TooLate(state.name()));
            }
        };
        self.state = OrderState::Cancelled { submitted_at, at };
        Ok(())
    }
    // ANCHOR_END: states
}

/// What would have to be ordered to get the same again.
impl From<&OrderItem> for crate::application::Line {
    fn from(item: &OrderItem) -> Self {
        Self { sku: item.sku.clone(), quantity: item.quantity }
    }
}

impl OrderItem {
    fn new(product: &Product, quantity: Quantity) -> Result<Self, MoneyError> {
        Self::restore(
            product.sku().clone(),
            product.name().to_owned(),
            product.price(),
            quantity,
        )
    }

    /// A line as it was kept, or as it is agreed now.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] when its subtotal cannot be counted.
    pub fn restore(
        sku: Sku,
        name: String,
        unit_price: Money,
        quantity: Quantity,
    ) -> Result<Self, MoneyError> {
        let subtotal = unit_price.checked_mul(quantity.get())?;
        Ok(Self { sku, name, unit_price, quantity, subtotal })
    }

    pub fn sku(&self) -> &Sku {
        &self.sku
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// What one of it cost when it was added.
    pub fn unit_price(&self) -> Money {
        self.unit_price
    }

    pub fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// What the line costs: price times quantity.
    pub fn subtotal(&self) -> Money {
        self.subtotal
    }
}
