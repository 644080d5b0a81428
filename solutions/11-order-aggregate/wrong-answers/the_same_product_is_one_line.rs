// Caught by: order::a_later_price_does_not_change_what_was_ordered
// Replaces: src/domain/order.rs
//! Orders.

use super::{
    Currency, CustomerId, Money, MoneyError, OrderId, Product, Quantity, Sku,
};

// ANCHOR: order
/// What a customer wants from the roastery. All its items have its currency, and its total can be counted.
#[derive(Debug, Clone)]
pub struct Order {
    id: OrderId,
    customer: CustomerId,
    currency: Currency,
    items: Vec<OrderItem>,
    submitted: bool,
    cancelled: bool,
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

    // ANCHOR: items
    /// The lines, in the order in which they were added. To look at: only the order changes them.
    pub fn items(&self) -> &[OrderItem] {
        &self.items
    }
    // ANCHOR_END: items

    // ANCHOR: add_item
    /// Adds a line with this product, as it is offered now. The same product twice is one line.
    ///
    /// # Errors
    /// When the product costs another currency, or the total could not be counted any more. The order is then as
    /// it was.
    pub fn add_item(
        &mut self,
        product: &Product,
        quantity: Quantity,
    ) -> Result<(), String> {
        let item = OrderItem::new(product, quantity).map_err(in_words)?;
        self.total().checked_add(item.subtotal).map_err(in_words)?;
        // More of the same: one line, with the price of today.
        if let Some(line) = self.items.iter_mut().find(|line| line.sku == item.sku) {
            let together = i64::from(line.quantity.get() + quantity.get());
            line.quantity = Quantity::new(together).map_err(|error| error.to_string())?;
            line.unit_price = item.unit_price;
            line.subtotal =
                item.unit_price.checked_mul(line.quantity.get()).map_err(in_words)?;
            return Ok(());
        }
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

    // ANCHOR: states
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
    // ANCHOR_END: states
}

impl OrderItem {
    fn new(product: &Product, quantity: Quantity) -> Result<Self, MoneyError> {
        let unit_price = product.price();
        Ok(Self {
            sku: product.sku().clone(),
            name: product.name().to_owned(),
            unit_price,
            quantity,
            subtotal: unit_price.checked_mul(quantity.get())?,
        })
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

fn in_words(error: MoneyError) -> String {
    error.to_string()
}
