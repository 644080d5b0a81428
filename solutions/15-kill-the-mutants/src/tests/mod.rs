mod customers;
mod given;
mod money;
mod orders;
mod values;
