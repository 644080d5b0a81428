//! Orders.

use super::{Currency, CustomerId, Money, OrderId, Product, Quantity, Sku};

/// What a customer wants from the roastery.
#[derive(Debug, Clone)]
pub struct Order {
    id: OrderId,
    customer: CustomerId,
    currency: Currency,
    pub items: Vec<OrderItem>,
    submitted: bool,
    cancelled: bool,
}

/// One line of an order. Name and price are those of the moment in which it was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderItem {
    sku: Sku,
    name: String,
    unit_price: Money,
    pub quantity: Quantity,
    subtotal: Money,
}

impl Order {
    /// An order without items, which nobody has sent off yet.
    pub fn draft(id: OrderId, customer: CustomerId, currency: Currency) -> Self {
        Self {
            id,
            customer,
            currency,
            items: Vec::new(),
            submitted: false,
            cancelled: false,
        }
    }

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

    /// The lines, in the order in which they were added. To look at: only the order changes them.
    pub fn items(&self) -> &[OrderItem] {
        &self.items
    }

    /// Adds a line with this product, as it is offered now. The same product twice is two lines.
    ///
    /// # Errors
    /// When the product costs another currency, or the total could not be counted any more. The order is then as
    /// it was.
    pub fn add_item(
        &mut self,
        _product: &Product,
        _quantity: Quantity,
    ) -> Result<(), String> {
        todo!(
            "refuse what does not fit, or add a line with what the product is now"
        )
    }

    /// What all lines cost together.
    pub fn total(&self) -> Money {
        todo!("add up the subtotals of all lines")
    }

    /// Sends the order to the roastery.
    ///
    /// # Errors
    /// When it has no items.
    pub fn submit(&mut self) -> Result<(), String> {
        if self.items.is_empty() {
            return Err("an order without items cannot be submitted".to_owned());
        }
        self.submitted = true;
        Ok(())
    }

    /// Takes the order back.
    ///
    /// # Errors
    /// When it is cancelled already.
    pub fn cancel(&mut self) -> Result<(), String> {
        if self.cancelled {
            return Err("the order is cancelled already".to_owned());
        }
        self.cancelled = true;
        Ok(())
    }

    pub fn is_submitted(&self) -> bool {
        self.submitted
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }
}

impl OrderItem {
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
