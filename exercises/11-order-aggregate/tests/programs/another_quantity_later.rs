use desk::domain::{OrderItem, Quantity};

fn grow(mut item: OrderItem, quantity: Quantity) {
    item.quantity = quantity; //~ E0616|E0609|E0615
}

fn main() {
    let _ = grow;
}
