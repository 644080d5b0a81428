// Caught by: states::no_more_items_whatever_they_cost
//! Orders.

use time::OffsetDateTime;

use super::{
    Currency, CustomerId, Money, MoneyError, OrderId, OrderState, Product,
    Quantity, Sku,
};
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

impl Order {
    /// An order without items, which nobody has sent off yet.
    pub fn draft(id: OrderId, customer: CustomerId, currency: Currency) -> Self {
        Self { id, customer, currency, items: Vec::new(), state: OrderState::Draft }
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
    /// When it is no draft, when the product costs another currency, or when the total could not be counted any
    /// more. The order is then as it was.
    pub fn add_item(
        &mut self,
        product: &Product,
        quantity: Quantity,
    ) -> Result<(), String> {
        let item = OrderItem::new(product, quantity).map_err(in_words)?;
        self.total().checked_add(item.subtotal).map_err(in_words)?;
        let OrderState::Draft = self.state else {
            return Err(format!("a {} order takes no more items", self.state));
        };
        self.items.push(item);
        Ok(())
    }
    /// What all lines cost together.
    pub fn total(&self) -> Money {
        let subtotals = self.items.iter().map(|item| item.subtotal);
        Money::sum(self.currency, subtotals)
            .expect("`add_item` lets nothing in that does not add up")
    }

    /// Where it is on its way.
    pub fn state(&self) -> OrderState {
        self.state
    }
    /// Sends the order to the roastery.
    ///
    /// # Errors
    /// When it has no items, or is no draft.
    pub fn submit(&mut self, at: OffsetDateTime) -> Result<(), String> {
        match self.state {
            OrderState::Draft if self.items.is_empty() => {
                Err("an order without items cannot be submitted".to_owned())
            }
            OrderState::Draft => {
                self.state = OrderState::Submitted { at };
                Ok(())
            }
            state => Err(format!("a {state} order cannot be submitted")),
        }
    }

    /// Notes that the money is there.
    ///
    /// # Errors
    /// When it does not wait for money.
    pub fn pay(&mut self, at: OffsetDateTime) -> Result<(), String> {
        match self.state {
            OrderState::Submitted { at: submitted_at } => {
                self.state = OrderState::Paid { submitted_at, at };
                Ok(())
            }
            state => Err(format!("a {state} order cannot be paid")),
        }
    }

    /// Notes that it left the roastery.
    ///
    /// # Errors
    /// When it is not paid, or has left already.
    pub fn ship(&mut self, at: OffsetDateTime) -> Result<(), String> {
        match self.state {
            OrderState::Paid { submitted_at, at: paid_at } => {
                self.state = OrderState::Shipped { submitted_at, paid_at, at };
                Ok(())
            }
            state => Err(format!("a {state} order cannot be shipped")),
        }
    }

    /// Takes the order back.
    ///
    /// # Errors
    /// When it is paid, shipped, or cancelled already.
    pub fn cancel(&mut self, at: OffsetDateTime) -> Result<(), String> {
        let submitted_at = match self.state {
            OrderState::Draft => None,
            OrderState::Submitted { at } => Some(at),
            OrderState::Cancelled { .. } => {
                return Err("the order is cancelled already".to_owned());
            }
            state @ (OrderState::Paid { .. } | OrderState::Shipped { .. }) => {
                return Err(format!("a {state} order cannot be cancelled"));
            }
        };
        self.state = OrderState::Cancelled { submitted_at, at };
        Ok(())
    }
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
