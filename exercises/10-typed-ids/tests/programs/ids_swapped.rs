use desk::domain::{CustomerId, OrderId, UserId};

fn main() {
    let _ = (as_they_are, as_orders, as_customers, as_users);
}

fn as_they_are(user: UserId) {
    let _order: OrderId = user; //~ E0308
}

fn as_orders(user: UserId, customer: CustomerId) {
    let _order: OrderId = user.into(); //~ E0277
    let _order: OrderId = customer.into(); //~ E0277
}

fn as_customers(user: UserId, order: OrderId) {
    let _customer: CustomerId = user.into(); //~ E0277
    let _customer: CustomerId = order.into(); //~ E0277
}

fn as_users(customer: CustomerId, order: OrderId) {
    let _user: UserId = customer.into(); //~ E0277
    let _user: UserId = order.into(); //~ E0277
}
