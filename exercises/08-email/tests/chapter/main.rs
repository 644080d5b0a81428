//! What this chapter asks for, in the order of its page.

use email as desk;

mod email_addresses;
