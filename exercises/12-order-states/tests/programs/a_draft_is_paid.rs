// ANCHOR: types
struct Draft;
struct Submitted {
    at: u64,
}
struct Paid;

struct Order<State> {
    items: Vec<String>,
    state: State,
}

impl Order<Draft> {
    fn submit(self, at: u64) -> Result<Order<Submitted>, Order<Draft>> {
        if self.items.is_empty() {
            return Err(self);
        }
        Ok(Order { items: self.items, state: Submitted { at } })
    }
}

impl Order<Submitted> {
    fn pay(self) -> Order<Paid> {
        println!("submitted at {}, paid now", self.state.at);
        Order { items: self.items, state: Paid }
    }
}
// ANCHOR_END: types

fn main() {
    // ANCHOR: wrong
    let draft = Order { items: vec!["house-espresso".to_owned()], state: Draft };
    draft.pay(); //~ E0599
    // ANCHOR_END: wrong
}
