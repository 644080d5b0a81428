//! Which answer a client gets for each error of `place` and `repeat`: the table of the page, row by row.

#![allow(dead_code, reason = "the starter has no conversion yet")]
#![allow(
    clippy::useless_conversion,
    reason = "later chapters have a storage error of their own"
)]

use std::{error::Error, iter::successors};

use axum::http::StatusCode;
use uuid::Uuid;

use crate::desk::{
    application::{PlaceOrderError, RepeatOrderError},
    domain::{
        AddItemError, Currency, CustomerId, MoneyError, OrderId, Sku, StateName,
        SubmitError,
    },
    http::error::ApiError,
};

/// An error, and the method that asks for its answer. Where an `ApiError` can be made of the error, Rust takes the
/// method below; where not, the one of the trait.
struct Asked<E>(E);

impl<E> Asked<E>
where
    ApiError: From<E>,
{
    fn answer(self) -> ApiError {
        self.0.into()
    }
}

trait NotConverted: Sized {
    fn answer(self) -> ApiError {
        panic!("`From<…> for ApiError` is missing for an error of the use cases");
    }
}

impl<E> NotConverted for Asked<E> {}

/// An error, its status, and what is said: to the client, or to the log where the fault is ours.
type Row = (PlaceOrderError, StatusCode, &'static str);

const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const INTERNAL: StatusCode = StatusCode::INTERNAL_SERVER_ERROR;

/// What holds for both use cases. `repeat` has another answer to a product that is gone.
fn table() -> Vec<Row> {
    let customer = CustomerId::new(Uuid::nil());
    let price =
        "`items` cannot be priced: the amount is beyond what can be counted";
    vec![
        (
            PlaceOrderError::NoSuchCustomer(customer),
            INVALID,
            "`customer_id` names no user",
        ),
        (
            PlaceOrderError::Deactivated,
            StatusCode::CONFLICT,
            "A deactivated user cannot order",
        ),
        (SubmitError::Empty.into(), INVALID, "`items` is empty"),
        (AddItemError::Price(MoneyError::Overflow).into(), INVALID, price),
        (
            AddItemError::Price(MoneyError::Mixed {
                left: Currency::Eur,
                right: Currency::Jpy,
            })
            .into(),
            INVALID,
            "`items` cannot be priced: EUR and JPY cannot be mixed",
        ),
        (
            AddItemError::NotDraft(StateName::Paid).into(),
            INTERNAL,
            "a paid order takes no more items",
        ),
        (
            SubmitError::NotDraft(StateName::Submitted).into(),
            INTERNAL,
            "a submitted order cannot be submitted",
        ),
        (
            PlaceOrderError::Storage(sqlx::Error::PoolClosed.into()),
            INTERNAL,
            "closed pool",
        ),
    ]
}

fn mate() -> PlaceOrderError {
    PlaceOrderError::NoSuchProduct(Sku::new("mate").expect("a sku"))
}

#[track_caller]
fn assert_answer(what: String, answer: &ApiError, status: StatusCode, says: &str) {
    let detail = answer.detail();
    let ApiError::Internal(error) = answer else {
        return assert_eq!(
            (answer.status(), detail.as_deref()),
            (status, Some(says)),
            "{what}"
        );
    };
    assert_eq!((answer.status(), detail), (status, None), "{what}");
    let error: &dyn Error = error.as_ref();
    let causes: Vec<String> = successors(Some(error), |&cause| cause.source())
        .map(ToString::to_string)
        .collect();
    assert!(
        causes.iter().any(|cause| cause.contains(says)),
        "{what}: no cause for the log says {says:?}: {causes:?}"
    );
}

#[test]
fn place_error_has_its_status() {
    let product = (mate(), INVALID, "`sku` names no product");
    for (error, status, says) in table().into_iter().chain([product]) {
        let what = format!("{error:?}");
        assert_answer(what, &Asked(error).answer(), status, says);
    }
}

#[test]
fn repeat_error_has_its_status() {
    let gone = "There is no product mate any more";
    let product = (mate(), StatusCode::CONFLICT, gone);
    for (error, status, says) in table().into_iter().chain([product]) {
        let error = RepeatOrderError::Place(error);
        let what = format!("{error:?}");
        assert_answer(what, &Asked(error).answer(), status, says);
    }
    let none = RepeatOrderError::NoSuchOrder(OrderId::new(Uuid::nil()));
    let missing = "There is no such order";
    assert_answer(
        format!("{none:?}"),
        &Asked(none).answer(),
        StatusCode::NOT_FOUND,
        missing,
    );
    let failed = RepeatOrderError::Storage(sqlx::Error::PoolClosed.into());
    assert_answer(
        format!("{failed:?}"),
        &Asked(failed).answer(),
        INTERNAL,
        "closed pool",
    );
}
