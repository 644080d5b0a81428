use super::{CustomerId, OrderId, UserId};
use uuid::Uuid;

fn taken(user: UserId, customer: CustomerId, order: OrderId) {
    let _number = user.0; //~ E0616|E0609|E0615
    let _number = customer.0; //~ E0616|E0609|E0615
    let _number = order.0; //~ E0616|E0609|E0615
    let _number: Uuid = user.into(); //~ E0277
    let _number: Uuid = customer.into(); //~ E0277
    let _number: Uuid = order.into(); //~ E0277
    let _number: &Uuid = user.as_ref(); //~ E0599
    let _number: &Uuid = customer.as_ref(); //~ E0599
    let _number: &Uuid = order.as_ref(); //~ E0599
}

fn seen(user: UserId, customer: CustomerId, order: OrderId) {
    let UserId {} = user; //~ none|E0769
    let CustomerId {} = customer; //~ none|E0769
    let OrderId {} = order; //~ none|E0769
}

fn put_in(number: Uuid, ids: (&mut UserId, &mut CustomerId, &mut OrderId)) {
    let (user, customer, order) = ids;
    user.0 = number; //~ E0616|E0609|E0615
    customer.0 = number; //~ E0616|E0609|E0615
    order.0 = number; //~ E0616|E0609|E0615
    let _number: &mut Uuid = user.as_mut(); //~ E0599
    let _number: &mut Uuid = customer.as_mut(); //~ E0599
    let _number: &mut Uuid = order.as_mut(); //~ E0599
}
