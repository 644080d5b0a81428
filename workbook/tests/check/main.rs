//! The gates, tried on small workbooks in which each rule is broken once.

mod broken;
mod command;
mod fixture;
mod gates;
mod not_run;
mod pages;
mod shadow;
mod template;
mod verify;
