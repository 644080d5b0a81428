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
    serve::Server,
    terminal::style,
    watch::{self, Message, Served},
};

pub fn watch(course: &Course, id: Option<&str>, poll: bool) -> Verdict {
    let chapter = actions::chosen(course, id)?;
    watch::watch(course, chapter, poll, mpsc::channel(), None)?;
    Ok(true)
}

/// `start`. A book that does not build is said, and the exercise is watched all the same.
pub fn start(course: &Course, start: &Start) -> Verdict {
    let chapter = actions::chosen(course, None)?;
    let status = CourseStatus::load(course)?;
    let mailbox = mpsc::channel();
    println!("Building the book …");
    let served = serve(course, start.port, &status, &mailbox.0).inspect_err(|error| {
        eprintln!("{} {error:#}\nThe exercise is watched all the same.", style::error_word());
    });
    if let Ok(served) = &served {
        show(served, course, chapter, start, &status);
    }
    watch::watch(course, chapter, start.poll, mailbox, served.as_ref().ok())?;
    Ok(true)
}

/// Says where the book is, and opens it.
fn show(served: &Served, course: &Course, chapter: &Chapter, start: &Start, status: &CourseStatus) {
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
}

fn serve(course: &Course, port: u16, status: &CourseStatus, mail: &mpsc::Sender<Message>) -> Result<Served> {
    let (sender, builds) = mpsc::channel();
    let options = BuildOptions { destination: course.root.join("target/workbook/book"), served: true };
    let rebuilder = Rebuilder::start(&course.root, options, move |built| drop(sender.send(built)))?;
    rebuilder.request();
    let first = builds.recv().context("the thread that builds the book ended")??;
    let calls = mail.clone();
    // Where nobody answers any more, the call is dropped, and so refused.
    let call = move |call| drop(calls.send(Message::Call(call)));
    let server = Arc::new(Server::start(&first.folder, port, status, call)?);
    let (shown, say) = (Arc::clone(&server), mail.clone());
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
    Ok(Served { server, rebuilder })
}
