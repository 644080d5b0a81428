//! Addresses that parcels are sent to.

use std::fmt;

use thiserror::Error;

// ANCHOR: address
/// Where a parcel goes. Every line says something and has no white space around it. Two with the same lines are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    recipient: String,
    street: String,
    postal_code: String,
    city: String,
    country: Country,
}
// ANCHOR_END: address

/// A country as the two letters of ISO 3166-1, such as `DE`. Whether it exists is not looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

/// The lines of an address as somebody wrote them.
#[derive(Debug, Clone, Copy)]
pub struct AddressLines<'a> {
    pub recipient: &'a str,
    pub street: &'a str,
    pub postal_code: &'a str,
    pub city: &'a str,
    pub country: &'a str,
}

/// Why that is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("the {0} is empty")]
    Empty(&'static str),
    #[error("the country is not two letters such as DE")]
    Country,
}

impl Address {
    /// # Errors
    /// [`AddressError`] for the first line that is at fault.
    pub fn new(lines: AddressLines<'_>) -> Result<Self, AddressError> {
        let line = |what, text: &str| match text.trim() {
            "" => Err(AddressError::Empty(what)),
            text => Ok(text.to_owned()),
        };
        Ok(Self {
            recipient: line("recipient", lines.recipient)?,
            street: line("street", lines.street)?,
            postal_code: line("postal code", lines.postal_code)?,
            city: line("city", lines.city)?,
            country: Country::new(lines.country)?,
        })
    }

    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    pub fn street(&self) -> &str {
        &self.street
    }

    pub fn postal_code(&self) -> &str {
        &self.postal_code
    }

    pub fn city(&self) -> &str {
        &self.city
    }

    pub fn country(&self) -> Country {
        self.country
    }
}

impl Country {
    /// # Errors
    /// [`AddressError::Country`] for anything but two ASCII letters; small ones will do.
    pub fn new(code: &str) -> Result<Self, AddressError> {
        match code.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(AddressError::Country),
        }
    }

    /// The two letters, capital.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII letters")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
