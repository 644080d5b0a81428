//! The page's example: weights of coffee.

use thiserror::Error;

// ANCHOR: type
/// An exact weight in grams of one kind of bean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    grams: i64,
    bean: Bean,
}

/// What is weighed. Grams of one kind and of another are not added: nobody can sell the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bean {
    Arabica,
    Robusta,
}
// ANCHOR_END: type

/// Why weights cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WeightError {
    #[error("arabica and robusta cannot be mixed")]
    Mixed,
    #[error("that is more than can be counted")]
    Overflow,
}

impl Weight {
    // ANCHOR: add
    /// Both together.
    ///
    /// # Errors
    /// [`WeightError`].
    pub fn checked_add(self, other: Self) -> Result<Self, WeightError> {
        if self.bean != other.bean {
            return Err(WeightError::Mixed);
        }
        let grams =
            self.grams.checked_add(other.grams).ok_or(WeightError::Overflow)?;
        Ok(Self { grams, ..self })
    }
    // ANCHOR_END: add

    // ANCHOR: sum
    /// All together, and nothing of that bean when there are none.
    ///
    /// # Errors
    /// [`WeightError`].
    pub fn sum(
        bean: Bean,
        all: impl IntoIterator<Item = Self>,
    ) -> Result<Self, WeightError> {
        let nothing = Self { grams: 0, bean };
        all.into_iter().try_fold(nothing, Self::checked_add)
    }
    // ANCHOR_END: sum

    // ANCHOR: halves
    /// Two bags that weigh this much together. When it does not divide, the first is the heavier one.
    pub fn halves(self) -> (Self, Self) {
        let second = self.grams / 2;
        let first = self.grams - second;
        (Self { grams: first, ..self }, Self { grams: second, ..self })
    }
    // ANCHOR_END: halves
}

fn main() {
    let arabica = Weight { grams: 501, bean: Bean::Arabica };
    println!("{:?}", arabica.halves());
    println!("{:?}", Weight::sum(Bean::Arabica, []));
    println!(
        "{:?}",
        arabica.checked_add(Weight { bean: Bean::Robusta, ..arabica })
    );
}
