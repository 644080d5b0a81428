use desk::domain::{
    AddItemError, CancelError, Meaning, MoneyError, PayError, ShipError, StateName,
    SubmitError,
};

const _: [Meaning; 5] = [
    AddItemError::Price(MoneyError::Overflow).meaning(),
    SubmitError::Empty.meaning(),
    PayError::NotSubmitted(StateName::Draft).meaning(),
    ShipError::NotPaid(StateName::Draft).meaning(),
    CancelError::AlreadyCancelled.meaning(),
];

fn main() {}
