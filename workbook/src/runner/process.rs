//! Child processes that can be stopped with all their children, and that are never waited for without an end: not those that leave
//! children of their own behind, that close their output and go on, or that print without an end.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read},
    process::{self, Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow};
use process_wrap::std::{ChildWrapper, CommandWrap};

#[cfg(unix)]
use super::watchdog::Watched;

/// How often a running child looks whether it shall stop. It delays a stop, never a result.
const STOP_LATENCY: Duration = Duration::from_millis(10);
/// How long more output of a child that has ended is waited for. Children that it left behind may hold it open for ever, or go on
/// printing.
const DRAIN: Duration = Duration::from_millis(200);
const DRAIN_AT_MOST: Duration = Duration::from_secs(5);
/// What is kept of an output: so much of its beginning, and as much of its end.
const KEPT: usize = 128 << 10;
/// A child that prints more is ended. Many tests in one process print as much as they did each.
const MOST: usize = 16 << 20;
/// What a line is cut to, and how many lines wait until somebody has taken them.
const LONGEST_LINE: u64 = 4 << 20;
const WAITING: usize = 1024;
/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Says to everything that runs under it, from any thread, to stop.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that is set when the user interrupts the tool (Ctrl-C) or the system ends it: children are in groups of
    /// their own and would otherwise go on. Whoever cannot wait interrupts a second time, and the tool ends as it is.
    pub fn on_interrupt() -> Self {
        let stop = Self::default();
        let handle = stop.clone();
        // A second handler is refused; the first one then still ends the tool.
        let _ = ctrlc::set_handler(move || {
            if handle.0.swap(true, SeqCst) {
                process::exit(INTERRUPTED);
            }
        });
        stop
    }

    pub fn now(&self) {
        self.0.store(true, SeqCst);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(SeqCst)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Exited(ExitStatus),
    Stopped,
    TimedOut,
    /// It printed more than anybody reads.
    TooMuch,
}

/// A line a child printed, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Out(String),
    Err(String),
}

/// Runs `command` to its end and hands on each line as it comes, standard output and error apart.
pub fn lines(command: Command, stop: &Stop, mut on_line: impl FnMut(Line)) -> Result<End> {
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    let mut child = Group::spawn(command, Stdio::piped(), Stdio::piped())?;
    let stdout = child.child.stdout().take().context("the child's output is a pipe")?;
    let stderr = child.child.stderr().take().context("the child's output is a pipe")?;
    forward(stdout, sender.clone(), Line::Out);
    forward(stderr, sender, Line::Err);
    child.wait(stop, None, &receiver, &mut |line| {
        on_line(line);
        true
    })
}

#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// From its start to its end.
    pub whole: Duration,
    /// Without printing anything.
    pub silence: Duration,
}

impl Patience {
    pub fn of(whole: Duration) -> Self {
        Self { whole, silence: whole }
    }
}

/// Runs `command` to its end, or until there is no more `patience`, and returns what it printed, [cut](Output): output and error in
/// one text, in the order in which they were written.
pub fn text(command: Command, stop: &Stop, patience: Patience) -> Result<(End, String)> {
    let (reader, writer) = std::io::pipe().context("no pipe for the child's output")?;
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    let child = Group::spawn(command, writer.try_clone()?.into(), writer.into())?;
    thread::spawn(move || {
        let (mut reader, mut chunk) = (reader, [0; 8192]);
        while let Ok(count @ 1..) = reader.read(&mut chunk) {
            if sender.send(chunk[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut output = Output::default();
    let end = child.wait(stop, Some(patience), &receiver, &mut |chunk: Vec<u8>| {
        output.push(&chunk);
        output.whole() <= MOST
    })?;
    Ok((end, output.text()))
}

/// The beginning and the end of what was printed.
#[derive(Debug, Default)]
struct Output {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    /// How many bytes between the two are gone.
    cut: usize,
}

impl Output {
    fn push(&mut self, bytes: &[u8]) {
        let (head, tail) = bytes.split_at(bytes.len().min(KEPT - self.head.len()));
        self.head.extend(head);
        self.tail.extend(tail);
        let over = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..over);
        self.cut += over;
    }

    fn whole(&self) -> usize {
        self.head.len() + self.cut + self.tail.len()
    }

    fn text(&self) -> String {
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        let text = |bytes: &[u8]| printable(&String::from_utf8_lossy(bytes));
        if self.cut == 0 {
            return text(&[&self.head[..], &tail].concat());
        }
        format!("{}\n… {} KB are left out …\n{}", text(&self.head), self.cut >> 10, text(&tail))
    }
}

/// The text without what would change a terminal: colours, titles, a cleared screen, bells.
fn printable(text: &str) -> String {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn forward(pipe: impl Read + Send + 'static, sender: SyncSender<Line>, wrap: fn(String) -> Line) {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while let Ok(1..) = pipe.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes) {
            let line = String::from_utf8_lossy(&bytes);
            if sender.send(wrap(line.trim_end_matches(['\r', '\n']).to_owned())).is_err() {
                break;
            }
            bytes.clear();
        }
    });
}

/// A child and all its children; dropping it ends them.
struct Group {
    child: Box<dyn ChildWrapper>,
    #[cfg(unix)]
    _watched: Watched,
}

impl Group {
    fn spawn(mut command: Command, stdout: Stdio, stderr: Stdio) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
        let program = command.get_program().to_string_lossy().into_owned();
        let mut command = CommandWrap::from(command);
        #[cfg(unix)]
        command.wrap(process_wrap::std::ProcessGroup::leader());
        #[cfg(windows)]
        command.wrap(process_wrap::std::JobObject);
        let child = command.spawn().map_err(|error| {
            anyhow!("{program} cannot be started: {error}.\nIs Rust installed and on the PATH? `cargo --version` should answer; `cargo workbook doctor` looks further.")
        })?;
        Ok(Self {
            #[cfg(unix)]
            _watched: Watched::group(child.id()),
            child,
        })
    }

    /// Hands on what arrives until the child has ended, or until `on` wants no more.
    fn wait<T>(
        mut self,
        stop: &Stop,
        patience: Option<Patience>,
        from: &Receiver<T>,
        on: &mut impl FnMut(T) -> bool,
    ) -> Result<End> {
        let started = Instant::now();
        let mut heard = started;
        loop {
            let mut goes_on = true;
            match from.recv_timeout(STOP_LATENCY) {
                Ok(item) => {
                    heard = Instant::now();
                    goes_on = on(item);
                }
                // Its output is closed, which is mostly because it has ended, by now or in a moment.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(Duration::from_micros(200)),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let is_up = |patience: Patience| {
                started.elapsed() >= patience.whole || heard.elapsed() >= patience.silence
            };
            let end = match self.child.try_wait().context("a child process was lost")? {
                _ if !goes_on => End::TooMuch,
                _ if stop.is_set() => End::Stopped,
                Some(status) => End::Exited(status),
                None if patience.is_some_and(is_up) => End::TimedOut,
                None => continue,
            };
            if end != End::TooMuch {
                self.kill_and_drain(from, on);
            }
            return Ok(end);
        }
    }

    /// Ends the child, and those that it left behind, and takes what was printed until then.
    fn kill_and_drain<T>(&mut self, from: &Receiver<T>, on: &mut impl FnMut(T) -> bool) {
        // On Windows a server that a test has started is in the job as well, so there it is left alone as long as it can be.
        let ended = matches!(self.child.try_wait(), Ok(Some(_)));
        if cfg!(unix) || !ended {
            let _ = self.child.start_kill();
        }
        let until = Instant::now() + DRAIN_AT_MOST;
        while let Ok(item) = from.recv_timeout(DRAIN) {
            if !on(item) || Instant::now() > until {
                break;
            }
        }
        if !ended {
            let _ = self.child.wait();
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    const LONG: Patience = Patience { whole: Duration::from_secs(60), silence: Duration::from_secs(60) };

    #[test]
    fn output_and_error_come_in_the_order_in_which_they_were_written() {
        let (end, text) = text(shell("echo 1; echo 2 >&2; echo 3; exit 7"), &Stop::default(), LONG).unwrap();
        assert!(matches!(end, End::Exited(status) if status.code() == Some(7)), "{end:?}");
        assert_eq!(text, "1\n2\n3\n");
    }

    #[test]
    fn lines_are_handed_on_as_they_come() {
        let mut seen = Vec::new();
        let stop = Stop::default();
        // The child never ends by itself: only a line that arrives while it runs can stop it.
        let end = lines(shell("echo ready; sleep 600"), &stop, |line| {
            seen.push(line);
            stop.now();
        });
        assert_eq!((end.unwrap(), seen), (End::Stopped, vec![Line::Out("ready".into())]));
    }

    #[test]
    fn a_child_that_does_not_end_is_ended_with_its_own_children() {
        let (end, text) = text(
            shell("sleep 600 & echo $!; wait"),
            &Stop::default(),
            Patience::of(Duration::from_millis(300)),
        )
        .unwrap();
        assert_eq!(end, End::TimedOut);
        assert!(is_gone(&text), "the grandchild {text:?} still runs");
    }

    fn is_gone(process: &str) -> bool {
        // Ended, and not yet taken note of by its parent (Z), is ended.
        let ps = Command::new("ps").args(["-o", "stat=", "-p", process.trim()]).output().unwrap();
        let state = String::from_utf8_lossy(&ps.stdout).trim().to_owned();
        state.is_empty() || state.starts_with('Z')
    }

    fn in_time<T>(what: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = what();
        assert!(started.elapsed() < Duration::from_secs(10), "it took {:?}", started.elapsed());
        result
    }

    #[test]
    fn a_child_that_leaves_another_with_its_output_has_ended_and_the_other_is_ended() {
        let (end, text) =
            in_time(|| text(shell("sleep 600 & echo $!; exit 3"), &Stop::default(), LONG).unwrap());
        assert!(matches!(end, End::Exited(status) if status.code() == Some(3)), "{end:?}");
        assert!(is_gone(&text), "{text}");
        let mut seen = Vec::new();
        let run = || lines(shell("sleep 600 & echo $!"), &Stop::default(), |line| seen.push(line)).unwrap();
        assert!(matches!(in_time(run), End::Exited(status) if status.success()));
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn a_daemon_that_keeps_the_output_holds_nobody_up() {
        // In a session of its own no signal to the group reaches it, so this test ends it.
        let daemon = shell("setsid sh -c 'echo $$; exec sleep 600' & sleep 0.3");
        let (end, text) = in_time(|| text(daemon, &Stop::default(), LONG).unwrap());
        let _ = Command::new("kill").arg(text.trim()).status();
        assert!(matches!(end, End::Exited(status) if status.success()), "{end:?}: {text}");
    }

    #[test]
    fn a_child_that_closes_its_output_and_goes_on_is_ended_when_its_time_is_up() {
        let script = "exec >/dev/null 2>&1; sleep 600";
        let patience = Patience::of(Duration::from_millis(300));
        let (end, _) = in_time(|| text(shell(script), &Stop::default(), patience).unwrap());
        assert_eq!(end, End::TimedOut);
        let stop = Stop::default();
        stop.now();
        assert_eq!(in_time(|| lines(shell(script), &stop, |_| {}).unwrap()), End::Stopped);
    }

    #[test]
    fn of_much_output_the_beginning_and_the_end_are_kept_and_of_too_much_the_child_is_ended() {
        let much = "echo first; head -c 1000000 /dev/zero | tr '\\0' x; echo; echo last";
        let (end, said) = text(shell(much), &Stop::default(), LONG).unwrap();
        assert!(matches!(end, End::Exited(status) if status.success()), "{end:?}");
        assert!(said.starts_with("first\nxxx") && said.ends_with("xxx\nlast\n"), "{} bytes", said.len());
        assert!(said.len() < 3 * KEPT && said.contains(" KB are left out"), "{} bytes", said.len());

        let (end, said) = in_time(|| text(shell("yes"), &Stop::default(), LONG).unwrap());
        assert_eq!(end, End::TooMuch);
        assert!(said.len() < 3 * KEPT, "{} bytes", said.len());
    }

    #[test]
    fn what_would_change_a_terminal_is_left_out() {
        let script = r"printf 'a\033]0;title\007b\033[2Jc\000d\033[31me\033[0m\tf\rg\n'";
        let (_, said) = text(shell(script), &Stop::default(), LONG).unwrap();
        assert_eq!(said, "abcde\tfg\n");
    }

    #[test]
    fn a_child_that_goes_on_printing_is_not_taken_for_one_that_hangs() {
        let patience = Patience { silence: Duration::from_millis(400), ..LONG };
        let talks = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done";
        let (end, _) = text(shell(talks), &Stop::default(), patience).unwrap();
        assert!(matches!(end, End::Exited(status) if status.success()), "{end:?}");
        let (end, said) = text(shell("echo 1; sleep 600"), &Stop::default(), patience).unwrap();
        assert_eq!((end, said.as_str()), (End::TimedOut, "1\n"));
    }

    #[test]
    fn a_program_that_is_missing_is_named_with_the_next_step() {
        let error = text(Command::new("no-such-program"), &Stop::default(), LONG).unwrap_err().to_string();
        assert!(
            error.contains("no-such-program cannot be started") && error.contains("cargo --version"),
            "{error}"
        );
    }
}
