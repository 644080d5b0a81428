//! The domain is handed values, and no ports.

use layers::Target;

use crate::uses::uses;

#[test]
fn domain_uses_no_ports() {
    let found = uses(&["domain"], |used| match used {
        Target::Crate(_) => false,
        Target::Module(module) => !module.starts_with("domain"),
    });

    assert!(
        found.is_empty(),
        "an order is told when it is submitted, and does not look at a clock. Here the domain uses something around it:\n{}",
        found.join("\n")
    );
}
