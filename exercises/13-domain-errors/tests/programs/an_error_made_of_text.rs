use desk::domain::{
    AddItemError, CancelError, PayError, ShipError, SubmitError,
};

fn main() {
    let _ = (of_a_string, of_a_borrowed_string, of_a_str, parsed, tried, tried_of_a_str);
}

fn of_a_string(text: [String; 5]) {
    let [add, submit, pay, ship, cancel] = text;
    let _: AddItemError = add.into(); //~ E0277
    let _: SubmitError = submit.into(); //~ E0277
    let _: PayError = pay.into(); //~ E0277
    let _: ShipError = ship.into(); //~ E0277
    let _: CancelError = cancel.into(); //~ E0277
}

fn of_a_borrowed_string(text: &String) {
    let _: AddItemError = text.into(); //~ E0277
    let _: SubmitError = text.into(); //~ E0277
    let _: PayError = text.into(); //~ E0277
    let _: ShipError = text.into(); //~ E0277
    let _: CancelError = text.into(); //~ E0277
}

fn of_a_str(text: &str) {
    let _: AddItemError = text.into(); //~ E0277
    let _: SubmitError = text.into(); //~ E0277
    let _: PayError = text.into(); //~ E0277
    let _: ShipError = text.into(); //~ E0277
    let _: CancelError = text.into(); //~ E0277
}

fn parsed(text: &str) {
    let _ = text.parse::<AddItemError>(); //~ E0277
    let _ = text.parse::<SubmitError>(); //~ E0277
    let _ = text.parse::<PayError>(); //~ E0277
    let _ = text.parse::<ShipError>(); //~ E0277
    let _ = text.parse::<CancelError>(); //~ E0277
}

fn tried(text: [String; 5]) {
    let [add, submit, pay, ship, cancel] = text;
    let _ = AddItemError::try_from(add); //~ E0277
    let _ = SubmitError::try_from(submit); //~ E0277
    let _ = PayError::try_from(pay); //~ E0277
    let _ = ShipError::try_from(ship); //~ E0277
    let _ = CancelError::try_from(cancel); //~ E0277
}

fn tried_of_a_str(text: &str) {
    let _ = AddItemError::try_from(text); //~ E0277
    let _ = SubmitError::try_from(text); //~ E0277
    let _ = PayError::try_from(text); //~ E0277
    let _ = ShipError::try_from(text); //~ E0277
    let _ = CancelError::try_from(text); //~ E0277
}
