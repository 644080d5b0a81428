//! Identity: a type for each kind of id, so that the compiler knows them apart.

use std::{fmt, str::FromStr};

use thiserror::Error;
use uuid::Uuid;

/// A text that is no id at all, of whatever kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is no id")]
pub struct InvalidId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with this number. Where numbers come from is not the domain's business.
            pub const fn new(number: Uuid) -> Self {
                Self(number)
            }

            /// The number, for what keeps it or shows it.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.parse().map(Self).map_err(|_| InvalidId)
            }
        }
    };
}

id! {
    /// Which user.
    UserId
}

id! {
    /// Which customer.
    CustomerId
}

id! {
    /// Which order.
    OrderId
}

id! {
    /// Which of a customer's addresses.
    AddressId
}
