use typed_ids::domain::UserId;
use uuid::Uuid;

fn main() {
    let _user: UserId = Uuid::from_u128(1);
}
