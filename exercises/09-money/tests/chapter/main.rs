//! What this chapter asks for, in the order of its page.

use money as desk;

mod currencies;
mod amounts;
