//! What the domain might have become.

/// A small change of the domain: at one place, `is` in place of `was`.
#[derive(Debug)]
pub struct Mutant {
    pub name: &'static str,
    /// The file in `src/domain`.
    pub file: &'static str,
    pub was: &'static str,
    pub is: &'static str,
    /// What the domain promises about it.
    pub says: &'static str,
}

/// Each breaks a promise. A test is worth something if it notices.
pub const MUTANTS: [Mutant; 12] = [
    Mutant {
        name: "sixth_address_is_accepted",
        file: "customer.rs",
        was: "self.addresses.len() >= Self::MAX_ADDRESSES",
        is: "self.addresses.len() > Self::MAX_ADDRESSES",
        says: "A customer has at most five addresses.",
    },
    Mutant {
        name: "primary_address_is_swapped",
        file: "customer.rs",
        was: "self.addresses[..=at].rotate_right(1);",
        is: "self.addresses.swap(0, at);",
        says: "When one becomes the primary address, the others keep their order.",
    },
    Mutant {
        name: "removed_address_is_replaced_by_last",
        file: "customer.rs",
        was: "self.addresses.remove(at);",
        is: "self.addresses.swap_remove(at);",
        says: "When one is removed, the others keep their order.",
    },
    Mutant {
        name: "order_of_another_customer_is_dispatched",
        file: "dispatch.rs",
        was: "order.customer() != customer.id()",
        is: "false",
        says: "A customer is sent no order but their own.",
    },
    Mutant {
        name: "only_ascii_is_lowercased",
        file: "email.rs",
        was: "text.trim().to_lowercase()",
        is: "text.trim().to_ascii_lowercase()",
        says: "Addresses that differ in capital letters alone are equal, in every script.",
    },
    Mutant {
        name: "addition_saturates",
        file: "money.rs",
        was: "self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?",
        is: "self.minor.saturating_add(other.minor)",
        says: "A sum that cannot be counted is an error.",
    },
    Mutant {
        name: "shares_are_calculated_in_f64",
        file: "money.rs",
        was: "minor * i128::from(share) / all",
        is: "(minor as f64 * f64::from(share) / all as f64) as i128",
        says: "The parts add up to the amount, however large it is.",
    },
    Mutant {
        name: "refund_loses_a_unit",
        file: "money.rs",
        was: "parts[at] += left.signum();",
        is: "parts[at] += 1;",
        says: "The parts add up to the amount, also to a negative one.",
    },
    Mutant {
        name: "first_part_gets_all_leftover_units",
        file: "money.rs",
        was: "parts[at] += left.signum();",
        is: "parts[0] += left.signum();",
        says: "Units that do not divide go to the first parts, one each.",
    },
    Mutant {
        name: "empty_order_is_submitted",
        file: "order.rs",
        was: "self.items.is_empty()",
        is: "false",
        says: "An order without items cannot be submitted.",
    },
    Mutant {
        name: "paid_order_is_cancelled",
        file: "order.rs",
        was: "return Err(CancelError::TooLate(state.name()));",
        is: "state.submitted_at()",
        says: "An order that is paid or shipped cannot be cancelled.",
    },
    Mutant {
        name: "quantity_is_clamped_to_maximum",
        file: "quantity.rs",
        was: "u32::try_from(number)",
        is: "u32::try_from(number.min(Self::MAX.into()))",
        says: "More than 1000 is no quantity.",
    },
];

/// These break none. A test that fails for one of them stands in the way of whoever improves the code.
pub const REFACTORINGS: [Mutant; 4] = [
    Mutant {
        name: "debug_text_of_money_is_changed",
        file: "money.rs",
        was: "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]",
        is: "#[derive(Clone, Copy, PartialEq, Eq, Hash)] // Debug: Money(12.34 EUR)",
        says: "How an amount looks to a programmer who debugs is not promised.",
    },
    Mutant {
        name: "debug_text_of_customer_is_changed",
        file: "customer.rs",
        was: "#[derive(Debug, Clone)]",
        is: "#[derive(Clone)] // Debug: Customer(00000000-0000-0000-0000-000000000002)",
        says: "What a programmer sees of a customer is not promised, nor how the addresses are kept.",
    },
    Mutant {
        name: "debug_text_of_error_is_changed",
        file: "customer.rs",
        was: "#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]\npub enum AddAddressError {",
        is: "#[derive(Clone, Copy, PartialEq, Eq, Error)] // Debug: \"a customer has at most 5 addresses\"\npub enum AddAddressError {",
        says: "An error is its variant. How it looks to a programmer who debugs is not promised.",
    },
    Mutant {
        name: "addresses_are_rotated_left",
        file: "customer.rs",
        was: "self.addresses[..=at].rotate_right(1);",
        is: "self.addresses[..=at].rotate_left(at);",
        says: "It is the same: at + 1 addresses, turned by 1 or by at the other way round.",
    },
];
