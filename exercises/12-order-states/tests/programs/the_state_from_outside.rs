use super::{Order, OrderState};

fn of_the_order(order: &mut Order) {
    order.state = OrderState::Draft; //~ E0616|E0609|E0615
    *order.state_mut() = OrderState::Draft; //~ E0599|E0624
}
