use typed_ids::domain::{Name, User, UserId};
use uuid::Uuid;

fn main() {
    let email = "ada@beans.example".parse().unwrap();
    let name = Name::new("Ada").unwrap();
    let mut ada = User::register(UserId::new(Uuid::from_u128(1)), email, name, None);
    ada.active = false;
}
