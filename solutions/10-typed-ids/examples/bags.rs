//! The page's example: the bags and the shelves of the store room.

// ANCHOR: newtype
use std::fmt;

use uuid::Uuid;

/// Which bag of green coffee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BagId(Uuid);

impl BagId {
    pub const fn new(number: Uuid) -> Self {
        Self(number)
    }

    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for BagId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
// ANCHOR_END: newtype

// ANCHOR: macro
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            pub const fn new(number: Uuid) -> Self {
                Self(number)
            }
        }
    };
}

id! {
    /// Which shelf of the store room.
    ShelfId
}
// ANCHOR_END: macro

// ANCHOR: entity
/// A bag of green coffee. It gets lighter with every roast, and stays this bag.
#[derive(Debug, Clone)]
pub struct Bag {
    id: BagId,
    shelf: ShelfId,
    grams: u32,
}

impl PartialEq for Bag {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Bag {}

impl Bag {
    pub fn is_empty(&self) -> bool {
        self.grams == 0
    }

    /// Takes out what is roasted today. There is never less than nothing left.
    pub fn take(&mut self, grams: u32) {
        self.grams = self.grams.saturating_sub(grams);
    }
}
// ANCHOR_END: entity

// ANCHOR: hash
impl std::hash::Hash for Bag {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
// ANCHOR_END: hash

fn main() {
    let id = BagId::new(Uuid::from_u128(1));
    let shelf = ShelfId::new(Uuid::from_u128(1));
    let mut bag = Bag { id, shelf, grams: 1000 };
    let before = bag.clone();
    bag.take(1200);
    assert!(bag == before, "the same bag");
    println!("{} is empty: {}, on {:?}", id, bag.is_empty(), bag.shelf);
    println!("{:?}", id.uuid());
}
