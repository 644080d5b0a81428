//! `start` and `watch`.

use std::{
    sync::{Arc, mpsc},
    thread,
};

use anstream::println;
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
    let served = serve(course, start.port, &status, &mailbox.0);
    let notes = match &served {
        Ok(served) => open(served, course, chapter, start, &status),
        Err(error) => {
            vec![format!("{} {error:#}\nThe exercise is watched all the same.", style::error_word())]
        }
    };
    // Below the address, which stands on top of the screen.
    notes.into_iter().for_each(|note| drop(mailbox.0.send(Message::Say(note))));
    watch::watch(course, chapter, start.poll, mailbox, served.as_ref().ok())?;
    Ok(true)
}

/// Opens the book; returns what there is to say. Where it is, each run says.
fn open(
    served: &Served,
    course: &Course,
    chapter: &Chapter,
    start: &Start,
    status: &CourseStatus,
) -> Vec<String> {
    let mut notes = Vec::new();
    if served.server.address().port() != start.port && start.port != 0 {
        notes.push(format!("Port {} is taken, so the book is on the next free one.", start.port));
    }
    if !start.no_open {
        // Who has not begun yet begins at the front.
        let begun = status.chapters.iter().any(|chapter| chapter.state != State::NotStarted);
        let page = if begun { served.page(chapter) } else { served.server.url() };
        if let Err(error) = opener::open_browser(page) {
            notes.push(format!("No browser could be opened ({error}). Open the address above yourself."));
        }
    }
    if let Err(error) = Editor::load(&course.root) {
        notes.push(format!("{error:#}\nUntil that is mended, links to files open VS Code."));
    }
    notes
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
