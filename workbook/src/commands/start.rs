//! `start` and `watch`.

use std::{
    env,
    io::Write,
    path::Path,
    sync::{Arc, mpsc},
    thread,
};

use anstream::println;
use anyhow::{Context, Result, anyhow};
use url::Url;

use crate::{
    book::{BuildOptions, Rebuilder, escape},
    commands::{Start, Verdict},
    course::{Chapter, Course, files},
    learner::{CourseStatus, Editor, State, actions},
    serve::{Key, Server},
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
    let served = serve(course, start, &status, &mailbox.0);
    let notes = match &served {
        Ok(served) => show(served, course, chapter, start, &status),
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
fn show(
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
    // In a terminal of an editor elsewhere, and where the port is forwarded, the browser is not on this machine.
    if start.forwarded.is_some() || env::var_os("VSCODE_IPC_HOOK_CLI").is_some() {
        notes.push(
            "Open the address above in your browser. Keep it to yourself: who opens it can act as you do."
                .into(),
        );
    } else if !start.no_open {
        // Who has not begun yet begins at the front.
        let begun = status.chapters.iter().any(|chapter| chapter.state != State::NotStarted);
        let page = if begun { served.page(chapter) } else { served.server.link("") };
        if let Err(error) = open(&course.root, &page) {
            notes.push(format!("No browser could be opened ({error:#}). Open the address above yourself."));
        }
    }
    if let Err(error) = Editor::load(&course.root) {
        notes.push(format!("{error:#}\nUntil that is mended, links to files open VS Code."));
    }
    notes
}

/// Opens the browser with a file that leads to the address: the arguments of a program can be read by every account of the machine.
fn open(root: &Path, address: &str) -> Result<()> {
    let path = root.join("target/workbook/open.html");
    let address = escape(address);
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url={address}\"><a href=\"{address}\">The book</a>\n"
    );
    let path = match files::write_private(&path, page.as_bytes()) {
        Ok(()) => path,
        // A folder that keeps nothing from others, such as one of Windows in WSL.
        Err(_) => {
            let mut file = tempfile::Builder::new().prefix("workbook-").suffix(".html").tempfile()?;
            file.write_all(page.as_bytes())?;
            file.keep()?.1
        }
    };
    let file = Url::from_file_path(&path).map_err(|()| anyhow!("{} is not a whole path", path.display()))?;
    Ok(opener::open_browser(file.as_str())?)
}

fn serve(
    course: &Course,
    start: &Start,
    status: &CourseStatus,
    mail: &mpsc::Sender<Message>,
) -> Result<Served> {
    let (sender, builds) = mpsc::channel();
    let options = BuildOptions { destination: course.root.join("target/workbook/book"), served: true };
    let rebuilder = Rebuilder::start(&course.root, options, move |built| drop(sender.send(built)))?;
    rebuilder.request();
    let first = builds.recv().context("the thread that builds the book ended")??;
    let calls = mail.clone();
    // Where nobody answers any more, the call is dropped, and so refused.
    let call = move |call| drop(calls.send(Message::Call(call)));
    let server = Arc::new(Server::start(
        &first.folder,
        start.port,
        Key::of(&course.root)?,
        start.forwarded.clone(),
        status,
        call,
    )?);
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
