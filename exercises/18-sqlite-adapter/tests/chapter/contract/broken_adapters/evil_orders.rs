//! Orders in memory, kept as the contract has it, but for one deed.

use std::{cmp::Reverse, sync::Mutex};

use crate::desk::{
    application::ports::{InsertError, OrderRepository, StorageError, UpdateError},
    domain::{Currency, CustomerId, Money, Order, OrderId, OrderItem, OrderState},
};
use async_trait::async_trait;
use time::UtcOffset;

use super::Deed;
use crate::broken_rules::lock;

#[derive(Debug)]
pub struct EvilOrders {
    deed: Deed,
    orders: Mutex<Vec<Order>>,
    found: Mutex<Vec<Order>>,
}

impl EvilOrders {
    pub fn new(deed: Deed) -> Self {
        Self { deed, orders: Mutex::default(), found: Mutex::default() }
    }

    fn state(&self, mut state: OrderState) -> OrderState {
        match (self.deed, &mut state) {
            (Deed::WritesTheTimeOnTheWall, OrderState::Paid { at, .. }) => {
                *at = at.replace_offset(UtcOffset::UTC);
            }
            (Deed::KeepsWholeSeconds, OrderState::Paid { at, .. }) => {
                *at = at.truncate_to_second();
            }
            (Deed::KeepsMilliseconds, OrderState::Cancelled { at, .. }) => {
                *at = at.truncate_to_millisecond();
            }
            _ => {}
        }
        state
    }

    /// What is written of an order.
    fn written(&self, order: &Order) -> Order {
        let mut items = order.items().to_vec();
        let mut currency = order.currency();
        match self.deed {
            Deed::SortsTheItems => items.sort_by_key(sku),
            Deed::KeepsAProductOnce => {
                items.sort_by_key(sku);
                items.dedup_by_key(|item| sku(item));
            }
            Deed::CountsInFloats => {
                items = priced(&items, |price| {
                    let minor = price.minor() as f64 as i64;
                    Money::from_minor(minor, price.currency())
                });
            }
            Deed::TakesYenForCents => {
                items = in_cents(&items);
                currency = Currency::Eur;
            }
            _ => {}
        }
        let (customer, mut state) = (order.customer(), self.state(order.state()));
        if let (
            Deed::ForgetsTheTimeBefore,
            OrderState::Cancelled { submitted_at, .. },
        ) = (self.deed, &mut state)
        {
            *submitted_at = None;
        }
        restored(customer, currency, items, order.id(), state)
    }
}

fn sku(item: &OrderItem) -> String {
    item.sku().as_str().to_owned()
}

fn priced(items: &[OrderItem], price: impl Fn(Money) -> Money) -> Vec<OrderItem> {
    let restored = |item: &OrderItem| {
        let (sku, name) = (item.sku().clone(), item.name().to_owned());
        OrderItem::restore(sku, name, price(item.unit_price()), item.quantity())
    };
    items.iter().map(restored).collect::<Result<_, _>>().expect("prices")
}

fn in_cents(items: &[OrderItem]) -> Vec<OrderItem> {
    priced(items, |price| Money::from_minor(price.minor(), Currency::Eur))
}

fn restored(
    customer: CustomerId,
    currency: Currency,
    items: Vec<OrderItem>,
    id: OrderId,
    state: OrderState,
) -> Order {
    // One that is submitted has items: without them, it is a draft again.
    let state = if items.is_empty() && state.submitted_at().is_some() {
        OrderState::Draft
    } else {
        state
    };
    Order::restore(id, customer, currency, items, state).expect("an order")
}

// ANCHOR: evil
#[async_trait]
impl OrderRepository for EvilOrders {
    async fn find(&self, id: OrderId) -> Result<Option<Order>, StorageError> {
        let orders = lock(&self.orders);
        let mut found = orders.iter().find(|order| order.id() == id).cloned();
        match self.deed {
            Deed::FindsAnotherOrder if found.is_none() => {
                found = orders.first().cloned();
            }
            Deed::FindsNoneWithoutItems => {
                // Drafts without items belong to the rule about updates.
                found = found.filter(|order| {
                    !order.items().is_empty() || order.state() == OrderState::Draft
                });
            }
            Deed::RemembersAnOrder => {
                let mut before = lock(&self.found);
                match before.iter().find(|order| order.id() == id) {
                    Some(order) => found = Some(order.clone()),
                    None => before.extend(found.clone()),
                }
            }
            _ => {}
        }
        Ok(found)
    }

    async fn of_customer(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<Order>, StorageError> {
        let mut orders = lock(&self.orders).clone();
        if self.deed != Deed::ListsEverybodys {
            orders.retain(|order| order.customer() == customer);
        }
        match self.deed {
            Deed::ListsAsTheyCame => orders.reverse(),
            Deed::ListsTheOldestFirst => orders.sort_by_key(Order::id),
            Deed::ListsByTheirTime => {
                orders.sort_by_key(|order| Reverse(order.state().submitted_at()));
            }
            _ => orders.sort_by_key(|order| Reverse(order.id())),
        }
        match self.deed {
            Deed::ListsAHundred => orders.truncate(100),
            Deed::ListsNoneWithoutItems => {
                orders.retain(|order| !order.items().is_empty());
            }
            Deed::ListsNoItems => {
                for order in &mut orders {
                    let (currency, state) = (order.currency(), order.state());
                    let id = order.id();
                    *order = restored(customer, currency, vec![], id, state);
                }
            }
            _ => {}
        }
        Ok(orders)
    }

    async fn insert(&self, order: &Order) -> Result<(), InsertError> {
        let mut orders = lock(&self.orders);
        let known = orders.iter_mut().find(|known| known.id() == order.id());
        let Some(known) = known else {
            orders.push(self.written(order));
            return Ok(());
        };
        match self.deed {
            Deed::DropsTheSecondOrder => return Ok(()),
            Deed::OverwritesAnOrder => *known = order.clone(),
            Deed::KeepsTheItemsOfBoth => {
                let items = [known.items(), order.items()].concat();
                let (customer, state) = (known.customer(), known.state());
                let currency = known.currency();
                *known = restored(customer, currency, items, known.id(), state);
            }
            _ => {}
        }
        Err(InsertError::SameId)
    }

    async fn update(&self, order: &Order) -> Result<(), UpdateError> {
        let mut orders = lock(&self.orders);
        let at = orders.iter().position(|known| known.id() == order.id());
        let Some(at) = at else {
            return match self.deed {
                Deed::UpdatesNothing => Ok(()),
                Deed::MakesAnOrder => {
                    orders.push(order.clone());
                    Err(UpdateError::NotThere)
                }
                _ => Err(UpdateError::NotThere),
            };
        };
        let mut items = order.items().to_vec();
        let (mut customer, state) = (order.customer(), order.state());
        let mut currency = order.currency();
        match self.deed {
            Deed::ForgetsTheItems if orders[at].currency() == currency => {
                items = orders[at].items().to_vec();
            }
            Deed::KeepsItemsOfTheSameNumber
                if orders[at].currency() == currency
                    && orders[at].items().len() == items.len() =>
            {
                items = orders[at].items().to_vec();
            }
            Deed::KeepsTheLastItem if items.is_empty() => {
                items = orders[at].items().to_vec();
            }
            Deed::TakesNoItemAway => {
                let behind = orders[at].items().iter().skip(items.len());
                items.extend(behind.cloned());
            }
            Deed::KeepsTheCustomer => customer = orders[at].customer(),
            Deed::ChangesYenToCents => {
                items = in_cents(&items);
                currency = Currency::Eur;
            }
            Deed::ChangesAllOrders => {
                for known in orders.iter_mut() {
                    let (whose, items) = (known.customer(), known.items().to_vec());
                    let currency = known.currency();
                    *known = restored(whose, currency, items, known.id(), state);
                }
            }
            _ => {}
        }
        let state = self.state(state);
        orders[at] = restored(customer, currency, items, order.id(), state);
        Ok(())
    }
}
// ANCHOR_END: evil
