//! Watches the exercise and runs it on every save, and lets the keys act.
//!
//! One loop owns the terminal and the state. Threads of their own send it [`Message`]s: the file watcher, the
//! keyboard, the run. A save during a run stops that run; the next begins when it has ended.

mod files;
mod screen;

use std::{
    path::PathBuf,
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use crossterm::event::{self, Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub use files::Watcher;
use screen::Screen;

use crate::{
    cargo,
    commands::{learn, terminal_width},
    course::{Chapter, Course},
    process::Stop,
    progress::Progress,
    report_stream::Stream,
    run::{self, Outcome, Report},
    show,
    status::Status,
};

/// Saves that come closer together than this are one: an editor that formats on save writes twice.
const QUIET: Duration = Duration::from_millis(20);

/// What the loop is told.
pub enum Message {
    /// These files were written, made or removed.
    Changed(Vec<PathBuf>),
    Key(KeyEvent),
    Resized,
    /// The run has more to show.
    Text(String),
    Ended(Result<Report>),
    /// The background build of the next chapter has ended.
    Prepared,
    /// Something from outside to say: the book was built again, or could not be.
    Say(String),
    Quit,
}

/// What the loop tells others.
pub trait Listener {
    /// A run has ended or the state of a chapter has changed otherwise.
    fn state_changed(&self, status: &Status);
    /// A file of the book, or one that its pages include, has changed.
    fn book_changed(&self);
}

/// For `watch`: nobody listens.
pub struct Nobody;

impl Listener for Nobody {
    fn state_changed(&self, _: &Status) {}
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

/// Runs until the user quits. `banner` stands above each run.
///
/// # Errors
/// When the files cannot be watched or the progress cannot be read.
pub fn watch(
    course: &Course,
    chapter: &Chapter,
    poll: bool,
    banner: &str,
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
        banner,
        listener,
        screen,
        sender,
        running: None,
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
    Exercise(Stop),
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
    banner: &'a str,
    listener: &'a dyn Listener,
    screen: Screen,
    sender: Sender<Message>,
    running: Option<Running>,
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
            let wait =
                due.map_or(Duration::from_secs(3600), |due| due.saturating_duration_since(Instant::now()));
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
                Ok(Message::Text(text)) => self.screen.print(&text),
                Ok(Message::Ended(result)) => self.ended(result)?,
                Ok(Message::Prepared) => self.free()?,
                Ok(Message::Say(text)) => self.screen.print(&format!("{text}\n")),
                Ok(Message::Resized) => {}
                Err(RecvTimeoutError::Timeout) if due.take().is_some() => self.start_run()?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if let Some(Running::Exercise(stop) | Running::Preparing(stop)) = &self.running {
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

    /// Whether a change concerns this exercise. A change of the book is handed on.
    fn saved(&self, paths: &[PathBuf]) -> bool {
        let book = self.course.root.join("book");
        if paths
            .iter()
            .any(|path| path.starts_with(&book) || path.starts_with(self.course.root.join("solutions")))
        {
            self.listener.book_changed();
        }
        paths.iter().any(|path| path.starts_with(&self.chapter.dir))
    }

    fn start_run(&mut self) -> Result<()> {
        if let Some(Running::Exercise(stop) | Running::Preparing(stop)) = &self.running {
            stop.now();
            self.again = true;
            return Ok(());
        }
        self.again = false;
        self.asked = None;
        self.screen.clear();
        self.screen.print(&format!("{}{}\n", self.banner, show::heading(self.chapter)));
        let stop = Stop::default();
        self.running = Some(Running::Exercise(stop.clone()));
        let (root, id, sender) = (self.course.root.clone(), self.chapter.id.clone(), self.sender.clone());
        thread::spawn(move || {
            let run = || {
                let course = Course::load(&root)?;
                let chapter = course.chapter(&id)?;
                let mut stream = Stream::new(&root, chapter);
                run::chapter(&course, chapter, &stop, &mut |event| {
                    if let Some(text) = stream.take(event) {
                        let _ = sender.send(Message::Text(text));
                    }
                })
            };
            let _ = sender.send(Message::Ended(run()));
        });
        Ok(())
    }

    fn ended(&mut self, result: Result<Report>) -> Result<()> {
        self.running = None;
        match result {
            Ok(report) if report.outcome == Outcome::Stopped && self.again => {}
            Ok(report) => {
                self.screen.print(&show::report(&report, false));
                self.show_keys(&report)?;
                self.last = Some(report);
            }
            Err(error) => self.screen.print(&format!("\n{} {error:#}\n", show::error_word())),
        }
        if self.again {
            return self.start_run();
        }
        if let Ok(status) = Status::load(self.course) {
            self.listener.state_changed(&status);
        }
        self.prepare_next();
        Ok(())
    }

    fn free(&mut self) -> Result<()> {
        self.running = None;
        if self.again { self.start_run() } else { Ok(()) }
    }

    /// Builds what the next chapter needs while the learner reads; a save stops it.
    fn prepare_next(&mut self) {
        let Some(next) = self.course.after(&self.chapter.id) else { return };
        let stop = Stop::default();
        self.running = Some(Running::Preparing(stop.clone()));
        let (root, id, sender) = (self.course.root.clone(), next.id.clone(), self.sender.clone());
        thread::spawn(move || {
            // What fails here fails again, and is shown, when the learner gets there.
            let _ = cargo::build_tests(&root, &id, &stop, &mut |_| {});
            let _ = sender.send(Message::Prepared);
        });
    }

    fn show_keys(&mut self, report: &Report) -> Result<()> {
        let status = Status::load(self.course)?;
        let width = terminal_width();
        let mut text = format!("\n{}\n", show::bar(&status, width));
        if self.screen.has_keys() {
            text.push_str(&show::keys(report, width));
        }
        self.screen.print(&text);
        Ok(())
    }

    /// Acts on a key; tells whether to quit.
    fn key(&mut self, key: KeyEvent) -> Result<bool> {
        let asked = self.asked.take();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let said = match key.code {
            KeyCode::Char('c' | 'd') if control => return Ok(true),
            KeyCode::Char('q') | KeyCode::Esc => return Ok(true),
            KeyCode::Char('r') => return self.start_run().map(|()| false),
            KeyCode::Char('n') => return self.next().map(|()| false),
            KeyCode::Char('a') => {
                Ok(self.last.as_ref().map_or_else(String::new, |report| show::report(report, true)))
            }
            KeyCode::Char('h') => learn::next_hint(self.course, self.chapter),
            KeyCode::Char('l') => {
                Status::load(self.course).map(|status| show::list(&status, terminal_width()))
            }
            KeyCode::Char('s') => self.solution(asked == Some(Asked::Solution)),
            KeyCode::Char('u') => learn::take_back(self.course, self.chapter).map(|text| text + "\n"),
            KeyCode::Char('x') if asked == Some(Asked::Reset) => {
                learn::to_start(self.course, self.chapter).map(|text| text + "\n")
            }
            KeyCode::Char('x') => {
                self.asked = Some(Asked::Reset);
                Ok("Back to the start of this exercise? Your files are kept. Press x again.\n".into())
            }
            _ => return Ok(false),
        };
        let text = said.unwrap_or_else(|error| format!("{} {error:#}\n", show::error_word()));
        self.screen.print(&format!("\n{text}"));
        Ok(false)
    }

    fn solution(&mut self, show_me: bool) -> Result<String> {
        Ok(match learn::reference(self.course, self.chapter, show_me)? {
            Some(text) => text,
            None => {
                self.asked = Some(Asked::Solution);
                "Not green yet. To see the reference all the same, which is written down, press s again.\n"
                    .into()
            }
        })
    }

    fn next(&mut self) -> Result<()> {
        let progress = Progress::load(&self.course.root)?;
        if !progress.is_green(&self.chapter.id) {
            self.screen
                .print("\nNot green yet. To go to another chapter all the same: cargo workbook watch ID\n");
            return Ok(());
        }
        let Some(next) = progress.current(self.course) else {
            self.screen.print("\nYou have solved every chapter.\n");
            return Ok(());
        };
        let id = next.id.clone();
        self.chapter = self.course.chapter(&id).context("the chapter was just found")?;
        Progress::update(&self.course.root, |progress| progress.current = Some(id))?;
        self.start_run()
    }
}
