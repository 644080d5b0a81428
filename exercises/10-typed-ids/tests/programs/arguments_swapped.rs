use desk::domain::{CustomerId, OrderId};
use uuid::Uuid;

fn assign(_order: OrderId, _customer: CustomerId) {}

fn main() {
    let order = OrderId::new(Uuid::from_u128(1));
    let customer = CustomerId::new(Uuid::from_u128(2));
    assign(customer, order); //~ E0308
}
