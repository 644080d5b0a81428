//! Watches the exercise and runs it on every save, and lets the keys act.
//!
//! One loop owns the terminal, the state and the runs. Others send it [`Message`]s from their threads: the file
//! watcher, the keyboard, the run, the pages. A save during a run stops that run; the next begins when it has ended.

mod feed;
mod files;
mod keys;
mod runs;

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use crossterm::event::{self, Event as TerminalEvent, KeyEvent, KeyEventKind};

use feed::{Feed, Pace};
pub use files::Watcher;

use crate::{
    course::{Chapter, Course},
    learner::{progress, status::CourseStatus},
    runner::{process::Stop, run::Report},
    serve::{
        calls::{self, Action, Call, Reply},
        live::Run,
    },
    terminal::screen::Screen,
};

/// Saves that come closer together than this are one: an editor that formats on save writes twice.
const QUIET: Duration = Duration::from_millis(20);

/// What the loop is told.
pub enum Message {
    /// These files were written, made or removed.
    Changed(Vec<PathBuf>),
    Key(KeyEvent),
    Resized,
    /// The run has something to tell.
    News,
    /// A page asks for something.
    Call(Call),
    Ended(Result<Report>),
    /// The background build of the next chapter has ended.
    Prepared,
    /// Something from outside to say: the book was built again, or could not be.
    Say(String),
    Quit,
}

/// What the loop tells others.
pub trait Listener {
    /// What stands above each run of a chapter.
    fn banner(&self, chapter: &Chapter) -> String;
    /// The run that is going on, or the last one, has changed. It is told as it begins, as it ends,
    /// and in between whenever it has more to show, but not for each of its tests.
    fn run_changed(&self, run: &Run);
    /// A run has ended or the state of a chapter has changed otherwise.
    fn state_changed(&self, status: &CourseStatus);
    /// A file of the book, or one that its pages include, has changed.
    fn book_changed(&self);
}

/// For `watch`: nobody listens.
pub struct Nobody;

impl Listener for Nobody {
    fn banner(&self, _: &Chapter) -> String {
        String::new()
    }
    fn run_changed(&self, _: &Run) {}
    fn state_changed(&self, _: &CourseStatus) {}
    fn book_changed(&self) {}
}

/// Where messages come from and go to: made first, so that others can send while the loop is being set up.
pub struct Mailbox {
    pub sender: Sender<Message>,
    receiver: Receiver<Message>,
}

impl Mailbox {
    pub fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { sender, receiver }
    }
}

impl Default for Mailbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Runs until the user quits.
///
/// # Errors
/// When the files cannot be watched or the progress cannot be read.
pub fn watch(
    course: &Course,
    chapter: &Chapter,
    poll: bool,
    mailbox: Mailbox,
    listener: &dyn Listener,
) -> Result<()> {
    let Mailbox { sender, receiver } = mailbox;
    let _watcher = Watcher::start(course, poll, sender.clone())?;
    let interrupted = sender.clone();
    let _ = ctrlc::set_handler(move || drop(interrupted.send(Message::Quit)));
    let screen = Screen::open();
    if screen.has_keys() {
        read_keys(sender.clone());
    }
    let watch = Watch {
        course,
        chapter,
        listener,
        screen,
        sender,
        running: None,
        pace: Pace::default(),
        again: false,
        asked: None,
        last: None,
    };
    watch.run(&receiver)
}

fn read_keys(sender: Sender<Message>) {
    thread::spawn(move || {
        while let Ok(event) = event::read() {
            let message = match event {
                TerminalEvent::Key(key) if key.kind == KeyEventKind::Press => Message::Key(key),
                TerminalEvent::Resize(..) => Message::Resized,
                _ => continue,
            };
            if sender.send(message).is_err() {
                break;
            }
        }
    });
}

/// What is going on beside the loop.
enum Running {
    Exercise(Stop, Feed),
    /// The build of what the next chapter needs.
    Preparing(Stop),
}

/// A key that acts only when it is pressed twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Reset,
    Solution,
}

struct Watch<'a> {
    course: &'a Course,
    chapter: &'a Chapter,
    listener: &'a dyn Listener,
    screen: Screen,
    sender: Sender<Message>,
    running: Option<Running>,
    pace: Pace,
    /// Whether to run again as soon as what is going on has ended.
    again: bool,
    asked: Option<Asked>,
    /// What came out last.
    last: Option<Report>,
}

impl Watch<'_> {
    fn run(mut self, receiver: &Receiver<Message>) -> Result<()> {
        self.start_run()?;
        let mut due: Option<Instant> = None;
        loop {
            let next = due.into_iter().chain(self.pace.due()).min();
            let wait =
                next.map_or(Duration::from_secs(3600), |next| next.saturating_duration_since(Instant::now()));
            match receiver.recv_timeout(wait) {
                Ok(Message::Quit) => break,
                Ok(Message::Changed(paths)) => {
                    if self.saved(&paths) {
                        due = Some(Instant::now() + QUIET);
                    }
                }
                Ok(Message::Key(key)) => {
                    if self.key(key)? {
                        break;
                    }
                }
                Ok(Message::News) => self.pace.announce(Instant::now()),
                Ok(Message::Call(call)) => self.call(call),
                Ok(Message::Ended(result)) => self.ended(result)?,
                Ok(Message::Prepared) => self.free()?,
                Ok(Message::Say(text)) => self.screen.print(&format!("{text}\n")),
                Ok(Message::Resized) => {}
                Err(RecvTimeoutError::Timeout) => {
                    let is_up = |due: &mut Instant| *due <= Instant::now();
                    if self.pace.due().as_mut().is_some_and(is_up) {
                        self.tell_news();
                    }
                    if due.take_if(is_up).is_some() {
                        self.start_run()?;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(Running::Exercise(stop, _) | Running::Preparing(stop)) = &self.running {
            stop.now();
            // Until the child has ended; then the sender of that thread is gone or has said so.
            while let Ok(message) = receiver.recv_timeout(Duration::from_secs(5)) {
                if matches!(message, Message::Ended(_) | Message::Prepared) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether a change concerns this exercise. A change of the book or of the progress, by a command in another terminal, is
    /// handed on.
    fn saved(&self, paths: &[PathBuf]) -> bool {
        // A run tells its own, in order, at its end.
        if paths.contains(&progress::path(&self.course.root))
            && !matches!(self.running, Some(Running::Exercise(..)))
        {
            self.tell_state();
        }
        let book = self.course.root.join("book");
        if paths
            .iter()
            .any(|path| path.starts_with(&book) || path.starts_with(self.course.root.join("solutions")))
        {
            self.listener.book_changed();
        }
        paths.iter().any(|path| path.starts_with(&self.chapter.dir))
    }

    /// Answers a page. What it changed is told to all of them.
    fn call(&mut self, Call { id, action, reply }: Call) {
        let answer = calls::answer(self.course, &id, action, |chapter| self.run_chapter(chapter));
        if let (Action::Reset | Action::Undo, Reply::Done(said)) = (action, &answer) {
            self.screen.print(&format!("\n{}\n", said["message"].as_str().unwrap_or_default()));
        }
        // Before the answer: who has it and looks at the state finds what was done.
        if !matches!((action, &answer), (Action::Show, _) | (_, Reply::Unknown)) {
            self.tell_state();
        }
        // The page may have gone away by now.
        let _ = reply.send(answer);
    }
}
