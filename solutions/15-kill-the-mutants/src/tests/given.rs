//! Values that many tests begin with.

use uuid::Uuid;

use crate::domain::{
    Address, AddressId, AddressLines, Currency, Customer, CustomerId, Money, Order,
    OrderId, Product, Quantity, Sku,
};

/// Order 1 of customer 2, in this currency, without items.
pub fn draft(currency: Currency) -> Order {
    let id = OrderId::new(Uuid::from_u128(1));
    let customer = CustomerId::new(Uuid::from_u128(2));
    Order::draft(id, customer, currency)
}

/// A bag of espresso at this many minor units.
pub fn espresso(price: i64, currency: Currency) -> Product {
    product("house-espresso", "House Espresso, 1 kg", price, currency)
}

pub fn product(sku: &str, name: &str, price: i64, currency: Currency) -> Product {
    let sku = Sku::new(sku).expect("a sku");
    Product::new(sku, name, Money::from_minor(price, currency)).expect("a product")
}

pub fn quantity(number: i64) -> Quantity {
    Quantity::new(number).expect("a quantity")
}

/// The address of the house with this number in Bean Street, and the id with the same number.
pub fn house(number: u8) -> (AddressId, Address) {
    let address = Address::new(AddressLines {
        recipient: "Ada Lovelace",
        street: &format!("Bean Street {number}"),
        postal_code: "W1D 4BB",
        city: "London",
        country: "GB",
    });
    let id = AddressId::new(Uuid::from_u128(number.into()));
    (id, address.expect("an address"))
}

/// Customer 2, who lives in these houses; the first is the primary address.
pub fn customer_of_houses(numbers: &[u8]) -> Customer {
    let mut customer = Customer::new(CustomerId::new(Uuid::from_u128(2)));
    for (id, address) in numbers.iter().map(|&number| house(number)) {
        customer.add_address(id, address).expect("one more address");
    }
    customer
}
