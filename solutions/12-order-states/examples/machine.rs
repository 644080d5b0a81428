//! The page's example: the roasting machine.

// ANCHOR: state
/// What the drum is doing. Each state holds what is known in it, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrumState {
    Cold,
    Heating { degrees: u16 },
    Roasting { degrees: u16, seconds: u32 },
}
// ANCHOR_END: state

/// The roasting machine.
#[derive(Debug)]
pub struct Drum {
    state: DrumState,
}

impl Drum {
    // ANCHOR: fill
    /// Puts the beans in.
    ///
    /// # Errors
    /// When it is not hot, or has beans in it already.
    pub fn fill(&mut self) -> Result<(), String> {
        match self.state {
            DrumState::Heating { degrees } if degrees >= 180 => {
                self.state = DrumState::Roasting { degrees, seconds: 0 };
                Ok(())
            }
            state => Err(format!("beans cannot be put in now: {state:?}")),
        }
    }
    // ANCHOR_END: fill

    // ANCHOR: guard
    /// Lights the fire.
    ///
    /// # Errors
    /// When it burns already.
    pub fn light(&mut self) -> Result<(), String> {
        let DrumState::Cold = self.state else {
            return Err(format!("the fire burns already: {:?}", self.state));
        };
        self.state = DrumState::Heating { degrees: 20 };
        Ok(())
    }

    /// Turns the fire up.
    ///
    /// # Errors
    /// When it is not heating.
    pub fn heat(&mut self, more: u16) -> Result<(), String> {
        let DrumState::Heating { degrees } = self.state else {
            return Err(format!("there is nothing to heat: {:?}", self.state));
        };
        self.state = DrumState::Heating { degrees: degrees + more };
        Ok(())
    }
    // ANCHOR_END: guard
}

fn main() {
    let mut cold = Drum { state: DrumState::Cold };
    println!("{:?}", cold.heat(10));
    let mut drum = Drum { state: DrumState::Cold };
    println!("{:?}", drum.light());
    println!("{:?}", drum.light());
    println!("{:?}", drum.fill());
    println!("{:?}", drum.heat(180));
    println!("{:?} {drum:?}", drum.fill());
}
