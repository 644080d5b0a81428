//! Watches the exercise and runs it on every save, and lets the keys act.
//!
//! One loop owns the terminal, the state and the runs. Others send it [`Message`]s from their threads: the file
//! watcher, the keyboard, the run, the pages. A save during a run stops that run; the next begins when it has ended.

mod causes;
mod files;
mod keys;
mod news;
mod runs;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use crossterm::event::{self, Event as TerminalEvent, KeyEvent, KeyEventKind};

use causes::Causes;
use news::News;

use crate::{
    book::Rebuilder,
    course::{Chapter, Course},
    learner::progress,
    runner::{Report, RunEvent, Stop},
    serve::{
        Server,
        calls::{self, Action, Call, Reply},
    },
    terminal::screen::Screen,
};

/// Saves that come closer together than this are one: an editor that formats on save writes twice.
const QUIET: Duration = Duration::from_millis(20);

pub enum Message {
    /// These files were written, made or removed.
    Changed(Vec<PathBuf>),
    /// Files were written, and the system cannot say which.
    Lost,
    Key(KeyEvent),
    Run(RunEvent),
    Call(Call),
    Ended(Result<Report>),
    /// The background build of the next chapter has ended.
    Prepared,
    /// Something from outside to say: the book was built again, or could not be.
    Say(String),
    Quit,
}

/// The book as it is served while the exercise is watched.
pub struct Served {
    pub server: Arc<Server>,
    pub rebuilder: Rebuilder,
}

impl Served {
    /// The address of a chapter's page, which connects the learner's browser.
    pub fn page(&self, chapter: &Chapter) -> String {
        self.server.link(&chapter.about.page.replace(".md", ".html"))
    }
}

/// Runs until the user quits. Others may send messages while the loop is being set up, and from then on.
pub fn watch(
    course: &Course,
    chapter: &Chapter,
    poll: bool,
    (sender, receiver): (Sender<Message>, Receiver<Message>),
    served: Option<&Served>,
) -> Result<()> {
    let _watcher = files::watcher(course, poll, sender.clone())?;
    let interrupted = sender.clone();
    let _ = ctrlc::set_handler(move || drop(interrupted.send(Message::Quit)));
    let screen = Screen::open();
    if screen.keys {
        let keys = sender.clone();
        thread::spawn(move || read_keys(&keys));
    }
    let watch = Watch {
        course,
        chapter,
        served,
        screen,
        sender,
        running: None,
        news: None,
        again: false,
        causes: Causes::default(),
        asked: None,
        typed: None,
        last: None,
    };
    watch.run(&receiver)
}

fn read_keys(sender: &Sender<Message>) {
    while let Ok(event) = event::read() {
        if let TerminalEvent::Key(key) = event
            && key.kind == KeyEventKind::Press
            && sender.send(Message::Key(key)).is_err()
        {
            break;
        }
    }
}

struct Watch<'a> {
    course: &'a Course,
    chapter: &'a Chapter,
    served: Option<&'a Served>,
    screen: Screen,
    sender: Sender<Message>,
    /// What is going on beside the loop: a run, or the build of what the next chapter needs.
    running: Option<Stop>,
    /// Of the run that is going on.
    news: Option<News>,
    /// Whether to run again as soon as what is going on has ended.
    again: bool,
    causes: Causes,
    /// A key that acts only when it is pressed twice, after the first time.
    asked: Option<char>,
    /// What was typed so far of a chapter to go to.
    typed: Option<String>,
    last: Option<Report>,
}

impl Watch<'_> {
    fn run(mut self, receiver: &Receiver<Message>) -> Result<()> {
        self.start_run()?;
        // When what was saved is looked at, and whether a run was going on when it was.
        let mut due: Option<(Instant, bool)> = None;
        loop {
            if self.news.as_ref().and_then(News::due).is_some_and(|due| due <= Instant::now()) {
                self.tell_news();
            }
            let next =
                due.map(|(due, _)| due).into_iter().chain(self.news.as_ref().and_then(News::due)).min();
            let wait =
                next.map_or(Duration::from_secs(3600), |next| next.saturating_duration_since(Instant::now()));
            match receiver.recv_timeout(wait) {
                Ok(Message::Quit) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(Message::Changed(paths)) => {
                    if self.saved(&paths) {
                        due = Some((Instant::now() + QUIET, self.news.is_some()));
                    }
                }
                Ok(Message::Lost) => due = Some((Instant::now() + QUIET, false)),
                Ok(Message::Key(key)) => {
                    if self.key(key)? {
                        break;
                    }
                }
                Ok(Message::Run(event)) => {
                    if let Some(news) = &mut self.news {
                        news.add(event);
                    }
                }
                Ok(Message::Call(call)) => self.call(call),
                Ok(Message::Ended(result)) => self.ended(result)?,
                Ok(Message::Prepared) => self.free()?,
                Ok(Message::Say(text)) => self.screen.print(&format!("{text}\n")),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some((_, during)) = due.take_if(|(due, _)| *due <= Instant::now()) {
                        self.run_if_changed(during)?;
                    }
                }
            }
        }
        if let Some(stop) = &self.running {
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
        if paths.contains(&progress::path(&self.course.root)) && self.news.is_none() {
            let _ = self.tell_state();
        }
        let included = ["book", "solutions"].map(|folder| self.course.root.join(folder));
        let of_the_book = |path: &PathBuf| included.iter().any(|folder| path.starts_with(folder));
        if let Some(served) = self.served
            && paths.iter().any(of_the_book)
        {
            served.rebuilder.request();
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
            let _ = self.tell_state();
        }
        // The page may have gone away by now.
        let _ = reply.send(answer);
    }
}
