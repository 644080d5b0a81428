use super::{Customer, CustomerId};

fn of_the_customer(customer: &mut Customer, id: CustomerId) {
    customer.id = id; //~ E0616|E0609|E0615
    customer.addresses.clear(); //~ E0616|E0609|E0615
    let Customer {} = customer; //~ none|E0769
    let _addresses = customer.addresses_mut(); //~ E0599|E0624
    let _address = customer.primary_address_mut(); //~ E0599|E0624
}
