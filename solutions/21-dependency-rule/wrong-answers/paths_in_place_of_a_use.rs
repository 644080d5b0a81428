// Caught by: architecture::dependencies_point_inward_from::case_1_domain
// Replaces: src/domain/state.rs
//! Where an order is on its way.

use std::fmt;

use time::OffsetDateTime;

/// A state without what is known in it: to say which one an order is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateName {
    Draft,
    Submitted,
    Paid,
    Shipped,
    Cancelled,
}

impl StateName {
    /// The word for it, as clients and the database know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
        }
    }
}

// ANCHOR: bound
/// So that a state can be bound as it is, and nobody has to write `as_str()`.
impl sqlx::Type<sqlx::Sqlite> for StateName {
    fn type_info() -> <sqlx::Sqlite as sqlx::Database>::TypeInfo {
        <&str as sqlx::Type<sqlx::Sqlite>>::type_info()
    }
}
// ANCHOR_END: bound

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// ANCHOR: state
/// Where an order is on its way from the customer and back. Each state holds what is known in it, and nothing else.
/// All times are UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// Still being put together.
    Draft,
    /// Sent to the roastery.
    Submitted { at: OffsetDateTime },
    /// The money is there.
    Paid { submitted_at: OffsetDateTime, at: OffsetDateTime },
    /// On its way to the customer.
    Shipped {
        submitted_at: OffsetDateTime,
        paid_at: OffsetDateTime,
        at: OffsetDateTime,
    },
    /// Taken back, before it was paid.
    Cancelled { submitted_at: Option<OffsetDateTime>, at: OffsetDateTime },
}
// ANCHOR_END: state

impl OrderState {
    /// Which state it is.
    pub const fn name(&self) -> StateName {
        match self {
            Self::Draft => StateName::Draft,
            Self::Submitted { .. } => StateName::Submitted,
            Self::Paid { .. } => StateName::Paid,
            Self::Shipped { .. } => StateName::Shipped,
            Self::Cancelled { .. } => StateName::Cancelled,
        }
    }

    /// When the order was sent to the roastery, if it was.
    pub const fn submitted_at(&self) -> Option<OffsetDateTime> {
        match *self {
            Self::Draft => None,
            Self::Submitted { at } => Some(at),
            Self::Paid { submitted_at, .. }
            | Self::Shipped { submitted_at, .. } => Some(submitted_at),
            Self::Cancelled { submitted_at, .. } => submitted_at,
        }
    }
}
