//! What this chapter asks for, in the order of its page.

use typed_ids as desk;

mod ids;
mod id_privacy;
mod user;
