use super::{Order, OrderState};

fn of_the_order(order: &mut Order) {
    order.state = OrderState::Draft; //~ E0616|E0609|E0615
    let _state = order.state_mut(); //~ E0599|E0624
    order.set_state(OrderState::Draft); //~ E0599|E0624
}
