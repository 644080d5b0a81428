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
        if awake() == "another_debug_text" {
            return write!(f, "Money({self})");
        }
        f.debug_struct("Money")
            .field("minor", &self.minor())
            .field("currency", &self.currency())
            .finish()
    }
}
