//! What the domain promises, one module for each of its parts.

use money::domain;

mod amounts;
mod currencies;
mod emails;
