//! What this chapter asks for, in the order of its page.

use typed_ids as desk;

mod closed_ids;
mod ids;
mod user;
