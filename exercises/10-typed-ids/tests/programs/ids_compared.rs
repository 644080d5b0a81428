use desk::domain::{CustomerId, OrderId, UserId};
use uuid::Uuid;

fn main() {
    let number = Uuid::from_u128(1);
    let (user, order, customer) =
        (UserId::new(number), OrderId::new(number), CustomerId::new(number));
    assert!(user == order); //~ E0308|E0277
    assert!(user == customer); //~ E0308|E0277
    assert!(order == user); //~ E0308|E0277
    assert!(order == customer); //~ E0308|E0277
    assert!(customer == user); //~ E0308|E0277
    assert!(customer == order); //~ E0308|E0277
    assert!(user == number); //~ E0308|E0277
    assert!(order == number); //~ E0308|E0277
    assert!(customer == number); //~ E0308|E0277
    assert!(number == user); //~ E0308|E0277
    assert!(number == order); //~ E0308|E0277
    assert!(number == customer); //~ E0308|E0277
}
