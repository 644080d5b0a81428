//! `start` and `watch`.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use anstream::{eprintln, println};
use anyhow::{Context, Result};

use crate::{
    book::{BuildOptions, Rebuilder},
    commands::{Start, Verdict},
    course::{Chapter, Course},
    learner::{CourseStatus, Editor, State, actions},
    serve::{Server, live::Run},
    terminal::style,
    watch::{self, Listener, Mailbox, Message, Nobody},
};

pub fn watch(course: &Course, id: Option<&str>, poll: bool) -> Verdict {
    let chapter = actions::chosen(course, id)?;
    course.chapters.iter().for_each(|chapter| actions::remember(course, chapter));
    watch::watch(course, chapter, poll, Mailbox::new(), &Nobody)?;
    Ok(true)
}

/// `start`. A book that does not build is said, and the exercise is watched all the same.
pub fn start(course: &Course, start: &Start) -> Verdict {
    let chapter = actions::chosen(course, None)?;
    let status = CourseStatus::load(course)?;
    course.chapters.iter().for_each(|chapter| actions::remember(course, chapter));
    let mailbox = Mailbox::new();
    println!("Building the book …");
    let served = match Served::start(course, start.port, &status, &mailbox) {
        Ok(served) => served,
        Err(error) => {
            eprintln!("{} {error:#}\nThe exercise is watched all the same.", style::error_word());
            watch::watch(course, chapter, start.poll, mailbox, &Nobody)?;
            return Ok(true);
        }
    };
    let (home, page) = (served.server.url(), served.page(chapter));
    if served.server.address().port() != start.port && start.port != 0 {
        println!("Port {} is taken, so the book is on the next free one.", start.port);
    }
    println!("The book:     {home}\nYour chapter: {page}");
    if !start.no_open {
        // Who has not begun yet begins at the front.
        let begun = status.chapters.iter().any(|chapter| chapter.state != State::NotStarted);
        if let Err(error) = opener::open_browser(if begun { &page } else { &home }) {
            println!("No browser could be opened ({error}). Open the address above yourself.");
        }
    }
    if let Err(error) = Editor::load(&course.root) {
        println!("{error:#}\nUntil that is mended, links to files open VS Code.");
    }
    watch::watch(course, chapter, start.poll, mailbox, &served)?;
    Ok(true)
}

struct Served {
    server: Arc<Server>,
    rebuilder: Rebuilder,
}

impl Served {
    fn start(course: &Course, port: u16, status: &CourseStatus, mailbox: &Mailbox) -> Result<Self> {
        let (sender, builds) = mpsc::channel();
        let options = BuildOptions { destination: course.root.join("target/workbook/book"), served: true };
        let rebuilder = Rebuilder::start(&course.root, options, move |built| drop(sender.send(built)))?;
        rebuilder.request();
        let first = builds.recv().context("the thread that builds the book ended")??;
        let calls = mailbox.sender.clone();
        let server = Server::start(&first.folder, port, status, move |call| {
            // Where nobody answers any more, the call is dropped, and so refused.
            let _ = calls.send(Message::Call(call));
        })?;
        let server = Arc::new(server);
        let (shown, say) = (Arc::clone(&server), mailbox.sender.clone());
        thread::spawn(move || {
            for built in builds {
                match built {
                    Ok(built) => shown.show(&built.folder),
                    Err(error) => {
                        let text = format!("{} the book: {error:#}", style::error_word());
                        let _ = say.send(Message::Say(text));
                    }
                }
            }
        });
        Ok(Self { server, rebuilder })
    }

    fn page(&self, chapter: &Chapter) -> String {
        format!("{}{}", self.server.url(), chapter.about.page.replace(".md", ".html"))
    }
}

impl Listener for Served {
    fn banner(&self, chapter: &Chapter) -> String {
        format!("The book: {}\n\n", self.page(chapter))
    }

    fn run_changed(&self, run: &Run) {
        self.server.publish_run(run);
    }

    fn state_changed(&self, status: &CourseStatus) {
        self.server.publish_status(status);
    }

    fn book_changed(&self) {
        self.rebuilder.request();
    }
}
