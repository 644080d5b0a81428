//! In the night to 25 October 2026 the clocks of Utrecht go back from three to two. Tea is ordered before, mate after that.

use time::macros::datetime;

fn main() {
    // ANCHOR: aware
    let tea = datetime!(2026-10-25 02:50 +2);
    let mate = datetime!(2026-10-25 02:10 +1);
    println!("with an offset: mate comes {} after tea", mate - tea);
    // ANCHOR_END: aware

    // ANCHOR: naive
    let tea = datetime!(2026-10-25 02:50);
    let mate = datetime!(2026-10-25 02:10);
    println!("without one:    mate comes {} after tea", mate - tea);
    // ANCHOR_END: naive
}
