//! The page's example: the roasting plan of one day.

// ANCHOR: root
/// What the drum roasts today. All batches together fit into the day.
#[derive(Debug)]
pub struct RoastingPlan {
    minutes: u32,
    batches: Vec<Batch>,
}

/// One filling of the drum.
#[derive(Debug, Clone)]
pub struct Batch {
    bean: String,
    minutes: u32,
}
// ANCHOR_END: root

impl RoastingPlan {
    /// An empty plan for a day of this length.
    pub fn of_a_day(minutes: u32) -> Self {
        Self { minutes, batches: Vec::new() }
    }

    // ANCHOR: add
    /// Plans one more batch.
    ///
    /// # Errors
    /// When the day is too short. The plan is then as it was.
    pub fn add(&mut self, bean: &str, minutes: u32) -> Result<(), String> {
        let left = self.minutes - self.planned();
        if minutes > left {
            return Err(format!(
                "{minutes} minutes do not fit, there are {left} left"
            ));
        }
        self.batches.push(Batch { bean: bean.to_owned(), minutes });
        Ok(())
    }
    // ANCHOR_END: add

    // ANCHOR: look
    /// The batches, to look at.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// How long all of them take together.
    pub fn planned(&self) -> u32 {
        self.batches.iter().map(|batch| batch.minutes).sum()
    }
    // ANCHOR_END: look
}

fn main() {
    let mut plan = RoastingPlan::of_a_day(480);
    println!("{:?}", plan.add("Sidamo", 400));
    println!("{:?}", plan.add("Huila", 100));
    for batch in plan.batches() {
        println!("{}: {} min", batch.bean, batch.minutes);
    }
}
