//! The domain with all mutants in it, asleep. `build.rs` makes it of the one in `src/domain`.

use std::{env, fmt, sync::LazyLock};

include!(concat!(env!("OUT_DIR"), "/mutable.rs"));

/// The variable with the name of the mutant that wakes.
pub const MUTANT: &str = "MUTANT";

/// The mutant that is awake in this process; the empty name is none.
pub fn awake() -> &'static str {
    static AWAKE: LazyLock<String> =
        LazyLock::new(|| env::var(MUTANT).unwrap_or_default());
    &AWAKE
}

impl fmt::Debug for domain::Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if awake() == "debug_text_of_money_is_changed" {
            return write!(f, "Money({self})");
        }
        f.debug_struct("Money")
            .field("minor", &self.minor())
            .field("currency", &self.currency())
            .finish()
    }
}

impl fmt::Debug for domain::Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if awake() == "debug_text_of_customer_is_changed" {
            return write!(f, "Customer({})", self.id());
        }
        f.debug_struct("Customer")
            .field("id", &self.id())
            .field("addresses", &self.addresses().collect::<Vec<_>>())
            .finish()
    }
}

impl fmt::Debug for domain::AddAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if awake() == "debug_text_of_error_is_changed" {
            return write!(f, "\"{self}\"");
        }
        match self {
            Self::TooMany => f.write_str("TooMany"),
            Self::SameId(id) => f.debug_tuple("SameId").field(id).finish(),
        }
    }
}
