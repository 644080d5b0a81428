//! When the use cases look at the clock and ask for an id, and what they rely on.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    vec::IntoIter,
};

use crate::desk::{
    adapters::{
        in_memory::{InMemoryOrders, InMemoryUsers},
        system::{RandomIds, SystemClock},
    },
    application::{
        Accounts, OrderDesk,
        ports::{Clock, Ids, OrderRepository},
    },
    domain::{Currency, CustomerId, Order, OrderId, OrderState},
};
use rstest::rstest;
use time::{OffsetDateTime, UtcOffset, macros::datetime};
use uuid::{Builder, Uuid};

use crate::{
    desk_in_memory::{catalogue_with_tea, somebody, wanted},
    fixed::{Counted, RunningClock, StoppedClock},
};

/// Accounts and an order desk that share their ids, from 1 on, and Ada, who got the first.
struct Desk {
    accounts: Accounts,
    orders: OrderDesk,
    kept: Arc<InMemoryOrders>,
    ada: CustomerId,
}

async fn desk(clock: impl Clock + 'static) -> Desk {
    desk_with(clock, Arc::new(Counted::default())).await
}

async fn desk_with(clock: impl Clock + 'static, ids: Arc<dyn Ids>) -> Desk {
    let users = Arc::new(InMemoryUsers::default());
    let kept = Arc::new(InMemoryOrders::default());
    let accounts = Accounts::new(users.clone(), ids.clone());
    let ada = accounts.register(somebody("Ada")).await.expect("an account");
    let orders = OrderDesk::new(
        users,
        kept.clone(),
        catalogue_with_tea(),
        Arc::new(clock),
        ids,
    );
    Desk { accounts, orders, kept, ada: CustomerId::of(ada.id()) }
}

fn id(number: u128) -> OrderId {
    OrderId::new(Uuid::from_u128(number))
}

// ANCHOR: once
#[tokio::test]
async fn clock_is_read_once() {
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

/// Says these times, one after the other.
#[derive(Debug)]
struct Says(Mutex<IntoIter<OffsetDateTime>>);

impl Clock for Says {
    fn now(&self) -> OffsetDateTime {
        let mut times = self.0.lock().expect("nobody panics here");
        times.next().expect("each use case looks at the clock once")
    }
}

/// Ids as the machine makes them, version 7, but those of 1 January 1970.
#[derive(Debug, Default)]
struct OldIds {
    given: AtomicU64,
}

impl Ids for OldIds {
    fn next(&self) -> Uuid {
        let millis = self.given.fetch_add(1, Ordering::Relaxed);
        Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
    }
}

// ANCHOR: as_said
#[rstest]
#[case::to_the_nanosecond(
    datetime!(2026-11-25 12:00:00.123456789 UTC),
    datetime!(2026-11-25 12:00:00.123456790 UTC),
    datetime!(2026-11-25 12:00:00.123456791 UTC)
)]
#[case::from_a_clock_that_is_set_back(
    datetime!(2026-11-25 12:00 UTC),
    datetime!(2026-11-25 11:00 UTC),
    datetime!(1969-07-20 20:17 UTC)
)]
#[tokio::test]
async fn times_are_what_the_clock_says(
    #[case] first: OffsetDateTime,
    #[case] second: OffsetDateTime,
    #[case] third: OffsetDateTime,
) {
    let clock = Says(Mutex::new(vec![first, second, third].into_iter()));
    let ids = Arc::new(OldIds::default());
    let Desk { orders, ada, .. } = desk_with(clock, ids).await;

    let placed = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");
    let again = orders.repeat(placed.id()).await.expect("an order");
    let cancelled = orders.cancel(placed.id()).await.expect("it is cancelled");

    assert_eq!(
        [placed.state(), again.state(), cancelled.state()],
        [
            OrderState::Submitted { at: first },
            OrderState::Submitted { at: second },
            OrderState::Cancelled { submitted_at: Some(first), at: third },
        ],
        "what an id says of time is another matter"
    );
}
// ANCHOR_END: as_said

#[tokio::test]
async fn orders_are_listed_by_id_whatever_the_clock_says() {
    let (noon, eleven) =
        (datetime!(2026-11-25 12:00 UTC), datetime!(2026-11-25 11:00 UTC));
    let clock = Says(Mutex::new(vec![noon, eleven].into_iter()));
    let Desk { orders, ada, .. } =
        desk_with(clock, Arc::new(Counted::default())).await;
    let first = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");
    let second = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");

    let listed = orders.of_customer(ada).await.expect("an answer");

    let listed: Vec<OrderId> =
        listed.expect("Ada is known").iter().map(Order::id).collect();
    assert_eq!(
        listed,
        [second.id(), first.id()],
        "the newest id first, also after the clock was set back"
    );
}

#[tokio::test]
async fn times_stay_in_utc() {
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
async fn order_desks_share_no_clock_and_no_ids() {
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

#[tokio::test]
async fn order_desks_share_ids_that_both_are_given() {
    let ids: Arc<dyn Ids> = Arc::new(Counted::default());
    let here = desk_with(StoppedClock, ids.clone()).await;
    let there = desk_with(StoppedClock, ids).await;

    let mut placed = Vec::new();
    for desk in [&here, &there, &here] {
        let order = desk.orders.place(wanted(desk.ada, &[("tea", 1)])).await;
        placed.push(order.expect("an order").id());
    }

    assert_eq!(
        placed,
        [id(3), id(4), id(5)],
        "two accounts, and then three orders"
    );
}

// ANCHOR: needed
#[tokio::test]
async fn refused_customer_uses_no_id() {
    let Desk { accounts, orders, kept, ada } = desk(StoppedClock).await;
    let bo = accounts.register(somebody("Bo")).await.expect("an account");
    let (bo, nobody) = (CustomerId::of(bo.id()), CustomerId::new(Uuid::max()));
    let before = orders.place(wanted(ada, &[("tea", 1)])).await.expect("an order");
    let of_nobody = Order::draft(id(99), nobody, Currency::Eur);
    kept.insert(&of_nobody).await.expect("its id is free");
    accounts.deactivate(ada.user()).await.expect("Ada is deactivated");

    let refused = [
        orders.place(wanted(ada, &[("tea", 1)])).await.is_err(),
        orders.place(wanted(nobody, &[("tea", 1)])).await.is_err(),
        orders.repeat(before.id()).await.is_err(),
        orders.repeat(of_nobody.id()).await.is_err(),
        orders.repeat(id(98)).await.is_err(),
    ];
    let of_bo = orders.place(wanted(bo, &[("tea", 1)])).await;

    assert_eq!(refused, [true; 5], "none of them is an order");
    let of_bo = of_bo.expect("an order");
    assert_eq!(
        of_bo.id(),
        id(4),
        "after Ada, Bo, and Ada's order it is the fourth thing that there is"
    );
}
// ANCHOR_END: needed

// ANCHOR: rising
#[rstest]
#[case::random(RandomIds)]
#[case::counted(Counted::default())]
fn ids_are_ascending(#[case] ids: impl Ids) {
    let given: Vec<Uuid> = (0..10_000).map(|_| ids.next()).collect();

    let fallen = given.windows(2).find(|pair| pair[0] >= pair[1]);
    assert_eq!(fallen, None, "orders are listed by their ids, the newest first");
}
// ANCHOR_END: rising

#[test]
fn system_clock_is_in_utc() {
    let now = SystemClock.now();

    assert_eq!(now.offset(), UtcOffset::UTC, "{now}");
}

// ANCHOR: moment
#[test]
fn equal_moments_print_differently() {
    let (here, there) =
        (datetime!(2026-11-24 09:30 UTC), datetime!(2026-11-24 10:30 +1));

    assert_eq!(here, there, "both name one moment");
    assert_ne!(here.to_string(), there.to_string(), "and are not written alike");
}
// ANCHOR_END: moment
