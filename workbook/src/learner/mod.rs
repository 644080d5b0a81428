//! What a learner has done, and what the tool does for the learner: all that the commands, the keys and the pages share.

pub mod actions;
pub mod change;
pub mod editor;
pub mod lock;
pub mod progress;
pub mod record;
pub mod snapshots;
pub mod solution;
pub mod source;
pub mod status;
pub mod text;
pub mod update;

pub use editor::Editor;
pub use lock::Lock;
pub use progress::{Entry, Progress, State};
pub use solution::FileDiff;
pub use status::{ChapterStatus, CourseStatus};
