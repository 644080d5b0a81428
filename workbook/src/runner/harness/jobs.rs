//! Who runs what next: the work that the threads of one run share.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{Alone, Test, TestStatus};

/// So many jobs a thread, at least: then results come in all along, and no thread is idle for long at the end.
const JOBS_A_THREAD: usize = 4;
/// More tests are not run together: a result has to wait for those that run with it.
const MOST: usize = 24;
/// Nor are more if their names are longer than this together: a command line has an end, on Windows after 32 K.
const MOST_BYTES: usize = 8 * 1024;
/// After so many tests that had to run again, what came of them says something about the next ones.
const ENOUGH: usize = 4;

/// What one process does. Tests are named by their place in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// `again`: to run it together with others did not help, or would not.
    Alone {
        at: usize,
        again: bool,
    },
    Together(Vec<usize>),
}

/// The jobs of one run that are left, the first ones first.
#[derive(Debug)]
pub struct Jobs {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    left: VecDeque<Job>,
    /// How many run together at the moment: each may leave more jobs behind.
    open: usize,
    again: usize,
    failed_again: usize,
}

impl Jobs {
    /// Shares out tests to `workers` threads: neighbours of one binary run together.
    pub fn plan(tests: &[Test], alone: &Alone, workers: usize) -> Self {
        let (alone, together): (Vec<_>, Vec<_>) =
            (0..tests.len()).partition(|at| alone.has(&tests[*at].name));
        let most = together.len().div_ceil(workers.max(1) * JOBS_A_THREAD).clamp(1, MOST);
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut bytes = 0;
        for at in together {
            let Test { binary, name } = &tests[at];
            bytes += name.len();
            match groups.last_mut().filter(|group| group.len() < most && bytes <= MOST_BYTES) {
                Some(group) if tests[group[0]].binary == *binary => group.push(at),
                _ => {
                    groups.push(vec![at]);
                    bytes = name.len();
                }
            }
        }
        groups.extend(alone.into_iter().map(|at| vec![at]));
        groups.sort_by_key(|group| group[0]);
        let left = groups.into_iter().map(job).collect();
        Self { state: Mutex::new(State { left, ..State::default() }), changed: Condvar::new() }
    }

    /// The next job. Waits while there is none but may be one soon; `None` when all is done.
    pub fn next(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            match state.left.pop_front() {
                Some(Job::Together(all)) if state.mostly_fail() => state.one_by_one(&all),
                Some(job) => {
                    state.open += usize::from(matches!(job, Job::Together(_)));
                    return Some(job);
                }
                None if state.open == 0 => return None,
                None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// A [`Job::Together`] has ended; these of its tests, which is all or none, have to run again.
    pub fn ran_together(&self, again: &[usize]) {
        let mut state = self.state();
        state.open -= 1;
        state.one_by_one(again);
        drop(state);
        self.changed.notify_all();
    }

    pub fn ran_again(&self, status: TestStatus) {
        let mut state = self.state();
        state.again += 1;
        state.failed_again += usize::from(status != TestStatus::Passed);
    }

    pub fn give_up(&self) {
        self.state().left.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether to run tests together is mostly in vain.
    fn mostly_fail(&self) -> bool {
        self.again >= ENOUGH && self.failed_again * 2 > self.again
    }

    fn one_by_one(&mut self, tests: &[usize]) {
        for at in tests.iter().rev() {
            self.left.push_front(Job::Alone { at: *at, again: true });
        }
    }
}

/// Two or more tests together, or one alone.
fn job(group: Vec<usize>) -> Job {
    match group[..] {
        [at] => Job::Alone { at, again: false },
        _ => Job::Together(group),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tests(count: usize) -> Vec<Test> {
        (0..count).map(|at| Test { binary: "api".into(), name: format!("t{at:03}") }).collect()
    }

    fn these(names: &[&str]) -> Alone {
        Alone::These(names.iter().map(|name| (*name).to_owned()).collect())
    }

    fn all(jobs: &Jobs) -> Vec<Job> {
        jobs.state().left.iter().cloned().collect()
    }

    fn alone(at: usize, again: bool) -> Job {
        Job::Alone { at, again }
    }

    #[test]
    fn neighbours_run_together_and_who_is_expected_to_fail_alone() {
        let jobs = Jobs::plan(&tests(18), &these(&["t003"]), 2);
        let together = |all: &[usize]| Job::Together(all.to_vec());
        let expected = [
            together(&[0, 1, 2]),
            alone(3, false),
            together(&[4, 5, 6]),
            together(&[7, 8, 9]),
            together(&[10, 11, 12]),
            together(&[13, 14, 15]),
            together(&[16, 17]),
        ];
        assert_eq!(all(&jobs), expected);
        assert!(
            all(&Jobs::plan(&tests(9), &Alone::All, 2)).iter().all(|job| matches!(job, Job::Alone { .. }))
        );
    }

    #[test]
    fn each_test_is_in_one_job_and_a_job_is_not_too_large() {
        for (count, workers) in [(0, 0), (1, 1), (7, 2), (142, 2), (250, 2), (1000, 1), (250, 64)] {
            let jobs = all(&Jobs::plan(&tests(count), &these(&["t001", "t1"]), workers));
            let of = |job: &Job| match job {
                Job::Alone { at, .. } => vec![*at],
                Job::Together(all) => all.clone(),
            };
            let mut seen: Vec<_> = jobs.iter().flat_map(of).collect();
            seen.sort();
            assert_eq!(seen, (0..count).collect::<Vec<_>>());
            assert!(jobs.iter().all(|job| of(job).len() <= MOST), "{count} {workers}");
        }
        let mut long = tests(40);
        long.iter_mut().for_each(|test| test.name.push_str(&"x".repeat(3000)));
        let jobs = all(&Jobs::plan(&long, &these(&[]), 1));
        assert!(jobs.iter().all(|job| matches!(job, Job::Together(all) if all.len() == 2)), "{jobs:?}");
    }

    #[test]
    fn tests_of_two_binaries_do_not_run_together() {
        let mut tests = tests(40);
        tests.iter_mut().skip(15).for_each(|test| test.binary = "other".into());
        for job in all(&Jobs::plan(&tests, &these(&[]), 1)) {
            if let Job::Together(all) = job {
                assert!(all.iter().all(|at| tests[*at].binary == tests[all[0]].binary), "{all:?}");
            }
        }
    }

    #[test]
    fn who_failed_together_runs_again_at_once_and_one_by_one() {
        let jobs = Jobs::plan(&tests(16), &these(&[]), 2);
        assert_eq!(jobs.next(), Some(Job::Together(vec![0, 1])));
        jobs.ran_together(&[0, 1]);
        assert_eq!([jobs.next(), jobs.next()], [Some(alone(0, true)), Some(alone(1, true))]);
        assert_eq!(jobs.next(), Some(Job::Together(vec![2, 3])));
    }

    #[test]
    fn where_most_fail_the_rest_is_not_run_together_first() {
        let jobs = Jobs::plan(&tests(40), &these(&[]), 2);
        assert_eq!(jobs.next(), Some(Job::Together(vec![0, 1, 2, 3, 4])));
        jobs.ran_together(&[0, 1, 2, 3, 4]);
        for at in 0..5 {
            assert_eq!(jobs.next(), Some(alone(at, true)));
            jobs.ran_again(if at < 2 { TestStatus::Passed } else { TestStatus::Failed });
        }
        let rest: Vec<_> = (5..40).map(|at| alone(at, true)).collect();
        assert_eq!(std::iter::from_fn(|| jobs.next()).collect::<Vec<_>>(), rest);
    }

    #[test]
    fn a_thread_without_work_waits_for_what_others_may_leave() {
        let jobs = Jobs::plan(&tests(2), &these(&[]), 0);
        let jobs =
            Jobs { state: Mutex::new(State { left: [job(vec![0, 1])].into(), ..State::default() }), ..jobs };
        let first = jobs.next();
        std::thread::scope(|scope| {
            let other = scope.spawn(|| jobs.next());
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(first.is_some() && !other.is_finished());
            jobs.ran_together(&[0, 1]);
            assert_eq!(other.join().unwrap(), Some(alone(0, true)));
        });
        assert_eq!([jobs.next(), jobs.next()], [Some(alone(1, true)), None]);
    }
}
