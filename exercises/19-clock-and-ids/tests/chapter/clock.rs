//! When the use cases look at the clock and ask for an id, and what they rely on.

use std::sync::Arc;

use crate::desk::{
    adapters::{
        in_memory::{InMemoryOrders, InMemoryUsers},
        system::{RandomIds, SystemClock},
    },
    application::{
        Accounts, OrderDesk,
        ports::{Clock, Ids},
    },
    domain::{CustomerId, OrderId, OrderState},
};
use rstest::rstest;
use time::{UtcOffset, macros::datetime};
use uuid::Uuid;

use crate::{
    desk_in_memory::{catalogue_with_tea, somebody, wanted},
    fixed::{Counted, RunningClock, StoppedClock},
};

/// Accounts and an order desk that share their ids, from 1 on, and Ada, who got the first.
struct Desk {
    accounts: Accounts,
    orders: OrderDesk,
    ada: CustomerId,
}

async fn desk(clock: impl Clock + 'static) -> Desk {
    let users = Arc::new(InMemoryUsers::default());
    let ids = Arc::new(Counted::default());
    let accounts = Accounts::new(users.clone(), ids.clone());
    let ada = accounts.register(somebody("Ada")).await.expect("an account");
    let orders = OrderDesk::new(
        users,
        Arc::new(InMemoryOrders::default()),
        catalogue_with_tea(),
        Arc::new(clock),
        ids,
    );
    Desk { accounts, orders, ada: CustomerId::of(ada.id()) }
}

fn id(number: u128) -> OrderId {
    OrderId::new(Uuid::from_u128(number))
}

// ANCHOR: once
#[tokio::test]
async fn a_use_case_looks_at_the_clock_once() {
    let Desk { orders, ada, .. } = desk(RunningClock::default()).await;

    let placed = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");
    let again = orders.repeat(placed.id()).await.expect("an order");
    let cancelled = orders.cancel(placed.id()).await.expect("it is cancelled");
    let last = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");

    let noon = datetime!(2026-11-25 12:00 UTC);
    assert_eq!(
        [placed.state(), again.state(), cancelled.state(), last.state()],
        [
            OrderState::Submitted { at: noon },
            OrderState::Submitted { at: datetime!(2026-11-25 12:01 UTC) },
            OrderState::Cancelled {
                submitted_at: Some(noon),
                at: datetime!(2026-11-25 12:02 UTC),
            },
            OrderState::Submitted { at: datetime!(2026-11-25 12:03 UTC) },
        ],
        "each look at this clock takes a minute, and four things have happened"
    );
}
// ANCHOR_END: once

#[tokio::test]
async fn a_time_is_kept_in_utc() {
    let Desk { orders, ada, .. } = desk(StoppedClock).await;
    let placed = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");
    let cancelled = orders.cancel(placed.id()).await.expect("it is cancelled");

    let OrderState::Cancelled { submitted_at: Some(submitted_at), at } =
        cancelled.state()
    else {
        panic!("it was submitted, and then cancelled: {cancelled:?}");
    };

    assert_eq!(
        [submitted_at.offset(), at.offset()],
        [UtcOffset::UTC; 2],
        "as the clock said it: {submitted_at}, {at}"
    );
}

// ANCHOR: own
#[tokio::test]
async fn each_order_desk_has_its_own_clock_and_its_own_ids() {
    let here = desk(StoppedClock).await;
    let there = desk(RunningClock::default()).await;

    for (desk, time) in [
        (here, datetime!(2026-11-24 09:30:00.123456 UTC)),
        (there, datetime!(2026-11-25 12:00 UTC)),
    ] {
        let tea = wanted(desk.ada, &[("tea", 1)]);
        let placed = desk.orders.place(tea).await.expect("an order");

        assert_eq!(
            (placed.id(), placed.state()),
            (id(2), OrderState::Submitted { at: time }),
            "Ada got the first id of this desk, and it goes by the clock that it was given"
        );
    }
}
// ANCHOR_END: own

// ANCHOR: needed
#[tokio::test]
async fn whoever_may_not_order_takes_no_id() {
    let Desk { accounts, orders, ada } = desk(StoppedClock).await;
    let bo = accounts.register(somebody("Bo")).await.expect("an account");
    let nobody = CustomerId::new(Uuid::from_u128(99));
    accounts.deactivate(ada.user()).await.expect("Ada is deactivated");

    let of_ada = orders.place(wanted(ada, &[("tea", 1)])).await;
    let of_nobody = orders.place(wanted(nobody, &[("tea", 1)])).await;
    let of_none = orders.repeat(id(99)).await;
    let of_bo = orders.place(wanted(CustomerId::of(bo.id()), &[("tea", 1)])).await;

    assert!(
        of_ada.is_err() && of_nobody.is_err() && of_none.is_err(),
        "none of them is an order: {of_ada:?}, {of_nobody:?}, {of_none:?}"
    );
    let of_bo = of_bo.expect("an order");
    assert_eq!(
        of_bo.id(),
        id(3),
        "after Ada and Bo it is the third thing that there is"
    );
}
// ANCHOR_END: needed

// ANCHOR: rising
#[rstest]
#[case::random(RandomIds)]
#[case::counted(Counted::default())]
fn each_id_is_greater_than_those_before(#[case] ids: impl Ids) {
    let given: Vec<Uuid> = (0..10_000).map(|_| ids.next()).collect();

    let fallen = given.windows(2).find(|pair| pair[0] >= pair[1]);
    assert_eq!(fallen, None, "orders are listed by their ids, the newest first");
}
// ANCHOR_END: rising

#[test]
fn the_clock_of_the_machine_tells_utc() {
    let now = SystemClock.now();

    assert_eq!(now.offset(), UtcOffset::UTC, "{now}");
}

// ANCHOR: moment
#[test]
fn a_moment_is_the_same_in_utrecht_and_looks_different() {
    let (here, there) =
        (datetime!(2026-11-24 09:30 UTC), datetime!(2026-11-24 10:30 +1));

    assert_eq!(here, there, "both name one moment");
    assert_ne!(here.to_string(), there.to_string(), "and are not written alike");
}
// ANCHOR_END: moment
