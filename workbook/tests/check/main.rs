//! The gates, tried on small workbooks in which each rule is broken once.

mod broken;
mod fixture;
mod gates;
mod shadow;
mod template;
mod verify;
