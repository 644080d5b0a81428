mod domain;

use domain::{CustomerId, OrderId, UserId};

fn main() {
    let _ = change;
}

fn change(user: UserId, mut customer: CustomerId, mut order: OrderId) {
    let _number = user.0; //~ E0616|E0609|E0615
    customer.0 = user.uuid(); //~ E0616|E0609|E0615
    order.0 = user.uuid(); //~ E0616|E0609|E0615
}
