use super::{
    Currency, CustomerId, Money, Order, OrderId, OrderItem, Quantity, Sku,
};

fn of_the_order(order: &mut Order, id: OrderId, customer: CustomerId) {
    order.id = id; //~ E0616|E0609|E0615
    order.customer = customer; //~ E0616|E0609|E0615
    order.currency = Currency::Jpy; //~ E0616|E0609|E0615
    order.items = Vec::new(); //~ E0616|E0609|E0615
    let _items = order.items_mut(); //~ E0599|E0624
    for _item in order.iter_mut() {} //~ E0599|E0624
    for _item in &mut *order {} //~ E0277
    let _items: &mut [OrderItem] = order.as_mut(); //~ E0599|E0624
    order.submitted = true; //~ E0616|E0609|E0615
    order.cancelled = true; //~ E0616|E0609|E0615
    let Order {} = order; //~ none|E0769
}

fn of_a_line(item: &mut OrderItem, sku: Sku, quantity: Quantity, money: Money) {
    item.sku = sku; //~ E0616|E0609|E0615
    item.name = String::new(); //~ E0616|E0609|E0615
    item.unit_price = money; //~ E0616|E0609|E0615
    item.quantity = quantity; //~ E0616|E0609|E0615
    item.subtotal = money; //~ E0616|E0609|E0615
    let OrderItem {} = item; //~ none|E0769
}

fn of_a_quantity(quantity: &mut Quantity) {
    quantity.0 = 0; //~ E0616|E0609|E0615
    let Quantity {} = quantity; //~ none|E0769
    let _none = Quantity::default(); //~ E0599
    let _many: Quantity = 2000.into(); //~ E0277
}
