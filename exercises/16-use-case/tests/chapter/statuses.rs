//! Which answer a client gets for each error of `place` and `repeat`: the table of the page, row by row.

#![allow(dead_code, reason = "the starter has no conversion yet")]
#![allow(
    clippy::useless_conversion,
    reason = "later chapters have a storage error of their own"
)]

use axum::http::StatusCode;
use uuid::Uuid;

use crate::desk::{
    application::{PlaceOrderError, RepeatOrderError},
    domain::{
        AddItemError, CustomerId, MoneyError, OrderId, Sku, StateName, SubmitError,
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

type Row = (PlaceOrderError, StatusCode, Option<&'static str>);

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
            Some("`customer_id` names no user"),
        ),
        (
            PlaceOrderError::Deactivated,
            StatusCode::CONFLICT,
            Some("A deactivated user cannot order"),
        ),
        (SubmitError::Empty.into(), INVALID, Some("`items` is empty")),
        (AddItemError::Price(MoneyError::Overflow).into(), INVALID, Some(price)),
        (AddItemError::NotDraft(StateName::Paid).into(), INTERNAL, None),
        (SubmitError::NotDraft(StateName::Submitted).into(), INTERNAL, None),
        (PlaceOrderError::Storage(sqlx::Error::PoolClosed.into()), INTERNAL, None),
    ]
}

fn mate() -> PlaceOrderError {
    PlaceOrderError::NoSuchProduct(Sku::new("mate").expect("a sku"))
}

#[track_caller]
fn assert_answer(
    what: String,
    answer: &ApiError,
    status: StatusCode,
    detail: Option<&str>,
) {
    assert_eq!(
        (answer.status(), answer.detail().as_deref()),
        (status, detail),
        "{what}"
    );
}

#[test]
fn place_error_has_its_status() {
    let product = (mate(), INVALID, Some("`sku` names no product"));
    for (error, status, detail) in table().into_iter().chain([product]) {
        let what = format!("{error:?}");
        assert_answer(what, &Asked(error).answer(), status, detail);
    }
}

#[test]
fn repeat_error_has_its_status() {
    let gone = Some("There is no product mate any more");
    let product = (mate(), StatusCode::CONFLICT, gone);
    for (error, status, detail) in table().into_iter().chain([product]) {
        let error = RepeatOrderError::Place(error);
        let what = format!("{error:?}");
        assert_answer(what, &Asked(error).answer(), status, detail);
    }
    let none = RepeatOrderError::NoSuchOrder(OrderId::new(Uuid::nil()));
    let missing = Some("There is no such order");
    assert_answer(
        format!("{none:?}"),
        &Asked(none).answer(),
        StatusCode::NOT_FOUND,
        missing,
    );
    let failed = RepeatOrderError::Storage(sqlx::Error::PoolClosed.into());
    assert_answer(format!("{failed:?}"), &Asked(failed).answer(), INTERNAL, None);
}
