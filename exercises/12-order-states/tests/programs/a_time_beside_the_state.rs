use super::Order;

fn what_the_state_knows(order: &Order) {
    let _ = order.submitted_at; //~ E0609|E0615
    let _ = order.paid_at; //~ E0609|E0615
    let _ = order.shipped_at; //~ E0609|E0615
    let _ = order.cancelled_at; //~ E0609|E0615
}
