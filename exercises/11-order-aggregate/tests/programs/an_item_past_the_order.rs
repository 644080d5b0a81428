use desk::domain::{Currency, CustomerId, Order, OrderId, OrderItem};
use uuid::Uuid;

fn smuggle(item: OrderItem) {
    let id = OrderId::new(Uuid::from_u128(1));
    let customer = CustomerId::new(Uuid::from_u128(2));
    let mut order = Order::draft(id, customer, Currency::Eur);
    order.items.push(item); //~ E0616|E0609|E0615
}

fn main() {
    let _ = smuggle;
}
