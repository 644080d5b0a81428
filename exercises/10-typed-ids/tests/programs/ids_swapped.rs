use typed_ids::domain::{OrderId, UserId};
use uuid::Uuid;

fn main() {
    let user = UserId::new(Uuid::from_u128(1));
    let _order: OrderId = user;
}
