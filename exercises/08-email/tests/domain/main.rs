//! What the domain promises, one module for each of its parts.

use email::domain;

mod emails;
