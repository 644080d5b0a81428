use typed_ids::domain::{OrderId, UserId};
use uuid::Uuid;

fn main() {
    let number = Uuid::from_u128(1);
    assert!(UserId::new(number) == OrderId::new(number));
}
