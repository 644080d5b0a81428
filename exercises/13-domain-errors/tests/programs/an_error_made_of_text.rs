use domain_errors::domain::SubmitError;

fn main() {
    let text = "an order without items cannot be submitted".to_owned();
    let _error: SubmitError = text.into();
}
