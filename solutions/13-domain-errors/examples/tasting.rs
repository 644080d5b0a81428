//! The page's example: booking a seat at a coffee tasting.

use thiserror::Error;

// ANCHOR: error
/// Why a seat cannot be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BookError {
    #[error("a tasting is for 1 to {max} people, not for {asked}", max = Tasting::SEATS)]
    Size { asked: u32 },
    #[error("seats left: {left}")]
    Full { left: u32 },
}
// ANCHOR_END: error

/// A tasting in the roastery.
#[derive(Debug, Default)]
pub struct Tasting {
    taken: u32,
}

impl Tasting {
    /// The seats around the table.
    pub const SEATS: u32 = 8;

    // ANCHOR: book
    /// Books seats side by side.
    ///
    /// # Errors
    /// [`BookError`]. Nothing is booked then.
    pub fn book(&mut self, seats: u32) -> Result<(), BookError> {
        let left = Self::SEATS - self.taken;
        match seats {
            0 => Err(BookError::Size { asked: seats }),
            seats if seats > Self::SEATS => Err(BookError::Size { asked: seats }),
            seats if seats > left => Err(BookError::Full { left }),
            seats => {
                self.taken += seats;
                Ok(())
            }
        }
    }
    // ANCHOR_END: book
}

// ANCHOR: caller
fn answer(error: BookError) -> String {
    match error {
        BookError::Size { .. } => "choose another number".to_owned(),
        BookError::Full { left: 0 } => "choose another day".to_owned(),
        BookError::Full { left } => {
            format!("choose another day, or at most {left}")
        }
    }
}
// ANCHOR_END: caller

fn main() {
    let mut tasting = Tasting::default();
    for seats in [6, 3, 9] {
        match tasting.book(seats) {
            Ok(()) => println!("booked"),
            Err(error) => println!("{error}: {}", answer(error)),
        }
    }
}
