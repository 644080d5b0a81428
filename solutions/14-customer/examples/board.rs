//! The page's example: the notes on the roastery's board, one of which is on top.

// ANCHOR: choice
/// Notes on the board. The first is the one on top.
#[derive(Debug, Default)]
pub struct Board {
    notes: Vec<String>,
}

impl Board {
    /// The note on top, when there is one at all.
    pub fn top(&self) -> Option<&str> {
        self.notes.first().map(String::as_str)
    }

    /// Puts this note on top. The others keep their order. Says whether it is there.
    pub fn to_the_top(&mut self, note: &str) -> bool {
        let Some(at) = self.notes.iter().position(|known| known == note) else {
            return false;
        };
        self.notes[..=at].rotate_right(1);
        true
    }
}
// ANCHOR_END: choice

/// A paper that is worth some seats at a tasting.
#[derive(Debug)]
pub struct Voucher {
    seats: u32,
    used: bool,
}

/// An evening around a table.
#[derive(Debug)]
pub struct Tasting {
    free: u32,
}

impl Tasting {
    /// Takes seats, if there are as many. Says whether there were.
    pub fn take(&mut self, seats: u32) -> bool {
        let enough = seats <= self.free;
        self.free -= if enough { seats } else { 0 };
        enough
    }
}

// ANCHOR: service
/// Why a voucher gets nobody a seat.
#[derive(Debug, PartialEq, Eq)]
pub enum RedeemError {
    UsedBefore,
    Full,
}

/// Takes the seats that a voucher is worth. It belongs to neither of the two: a voucher knows nothing of tables, and a tasting nothing of
/// paper.
///
/// # Errors
/// [`RedeemError`]. Voucher and tasting are then as before.
pub fn redeem(
    voucher: &mut Voucher,
    tasting: &mut Tasting,
) -> Result<(), RedeemError> {
    if voucher.used {
        return Err(RedeemError::UsedBefore);
    }
    if !tasting.take(voucher.seats) {
        return Err(RedeemError::Full);
    }
    voucher.used = true;
    Ok(())
}
// ANCHOR_END: service

fn main() {
    let mut board =
        Board { notes: ["milk", "beans", "filters"].map(str::to_owned).into() };
    println!("{} {:?} {board:?}", board.to_the_top("filters"), board.top());
    println!("{}", board.to_the_top("sugar"));
    let mut tasting = Tasting { free: 3 };
    let mut voucher = Voucher { seats: 2, used: false };
    println!("{:?} {voucher:?} {tasting:?}", redeem(&mut voucher, &mut tasting));
    println!("{:?}", redeem(&mut voucher, &mut tasting));
}
