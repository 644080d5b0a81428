use desk::domain::{OrderItem, Quantity};

fn grow(mut item: OrderItem, quantity: Quantity) {
    item.quantity = quantity; //~ E0616
}

fn main() {
    let _ = grow;
}
