//! What is wrong, with what to do about it: the one form in which the tools say so.

use local_postgres::NotRun;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub problem: String,
    pub mend: String,
}

impl Problem {
    pub fn new(problem: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { problem: problem.into(), mend: mend.into() }
    }
}

impl From<NotRun> for Problem {
    fn from(NotRun { reason, mend }: NotRun) -> Self {
        Self::new(reason, mend)
    }
}
