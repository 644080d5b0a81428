use order_aggregate::domain::{OrderItem, Quantity};

fn grow(mut item: OrderItem, quantity: Quantity) {
    item.quantity = quantity;
}

fn main() {
    let _ = grow;
}
