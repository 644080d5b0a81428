mod domain;

use domain::{Order, OrderState};

fn main() {
    let _ = of_the_order;
}

fn of_the_order(order: &mut Order) {
    order.state = OrderState::Draft; //~ E0616|E0615|E0609
}
