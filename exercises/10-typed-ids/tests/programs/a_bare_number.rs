use desk::domain::{CustomerId, OrderId, UserId};
use uuid::Uuid;

fn main() {
    let number = Uuid::from_u128(1);
    let _user: UserId = number; //~ E0308
    let _user: UserId = number.into(); //~ E0277
    let _customer: CustomerId = number.into(); //~ E0277
    let _order: OrderId = number.into(); //~ E0277
    let _user = UserId::default(); //~ E0599
    let _customer = CustomerId::default(); //~ E0599
    let _order = OrderId::default(); //~ E0599
    let _number: &Uuid = &UserId::new(number); //~ E0308
    let _number: &Uuid = &CustomerId::new(number); //~ E0308
    let _number: &Uuid = &OrderId::new(number); //~ E0308
    let _number = UserId::new(number).0; //~ E0616|E0609|E0615
    let _number = CustomerId::new(number).0; //~ E0616|E0609|E0615
    let _number = OrderId::new(number).0; //~ E0616|E0609|E0615
}
