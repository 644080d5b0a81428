//! What a page asks the tool to do with a chapter, and what it is answered.
//!
//! The server makes a [`Call`] of a request, and the loop that owns the runs answers it. So page, keys and saves never act at
//! once, and all three do the same.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{
    architecture::{Architecture, Told},
    course::{
        Chapter, Course, files,
        hints::{Hint, Hints},
    },
    learner::{
        actions,
        editor::{Editor, Place},
        progress::Progress,
        snapshots,
        status::ChapterStatus,
    },
};

/// A question of a page.
#[derive(Debug)]
pub struct Call {
    /// What the page calls the chapter: any text, until it is found among the chapters' ids.
    pub id: String,
    pub action: Action,
    /// Where the answer goes. Nobody may be waiting any more.
    pub reply: oneshot::Sender<Reply>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Everything a page shows of a chapter.
    Show,
    /// To make the chapter the current one and run it. The answer does not wait for the result.
    Run,
    Hint,
    Reset,
    Undo,
    Solution {
        /// Although the chapter is not green.
        show_me: bool,
    },
}

/// An answer, as JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Done(Value),
    /// It cannot be done now; `message` says why.
    Refused(Value),
    /// There is no such chapter.
    Unknown,
}

/// Does what a page asks. `run` begins a run of a chapter.
pub fn answer<'a>(
    course: &'a Course,
    id: &str,
    action: Action,
    run: impl FnOnce(&'a Chapter) -> Result<()>,
) -> Reply {
    // By its exact id: nothing of a request becomes a path or an argument.
    let Some(chapter) = course.chapters.iter().find(|chapter| chapter.id == id) else {
        return Reply::Unknown;
    };
    let done = match action {
        Action::Show => show(course, chapter),
        Action::Run => run(chapter).map(|()| json!({"accepted": true})),
        Action::Hint => hint(course, chapter),
        Action::Reset => actions::to_start(course, chapter).map(|text| json!({"message": text})),
        Action::Undo => actions::take_back(course, chapter).map(|text| json!({"message": text})),
        Action::Solution { show_me } => match actions::reference_diffs(course, chapter, show_me) {
            Ok(None) => {
                let text = "Not green yet. The hints may be enough. If you look at the reference all the same, that is written down.";
                return Reply::Refused(json!({"message": text, "needs_show_me": true}));
            }
            diffs => diffs.map(|diffs| json!({"diffs": diffs})),
        },
    };
    done.map_or_else(|error| Reply::Refused(json!({"message": format!("{error:#}")})), Reply::Done)
}

/// A chapter as its page shows it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    status: ChapterStatus,
    /// The files that the learner changes.
    edit: Vec<Edit>,
    /// The hints that were taken so far.
    hints: Vec<Value>,
    /// None where the chapter has no layers.
    architecture: Option<Picture>,
    can_undo: bool,
}

#[derive(Serialize)]
struct Edit {
    /// Relative to the workbook.
    file: String,
    /// Opens it in the editor.
    link: String,
}

/// The modules of the learner's crate, in their layers.
#[derive(Default, Serialize)]
struct Picture {
    /// SVG; none while the sources do not parse.
    html: Option<String>,
    /// What breaks a rule, in sentences.
    violations: Vec<Broken>,
    /// Why there is no picture.
    message: Option<String>,
}

#[derive(Serialize)]
struct Broken {
    message: String,
    place: Option<Place>,
}

fn show(course: &Course, chapter: &Chapter) -> Result<Value> {
    let progress = Progress::load(&course.root)?;
    // Settings that are not in order are said when the tool starts.
    let editor = Editor::load(&course.root).unwrap_or_else(|_| Editor::usual(&course.root));
    let edit = |file: &String| {
        let file = files::relative(&course.root, &chapter.dir.join(file));
        Edit { link: editor.file(&file), file }
    };
    let entry = progress.of(&chapter.id);
    // Hints that are not in order are for `cargo gates check` to say.
    let hints = Hints::load(&chapter.dir).unwrap_or(Hints { topics: Vec::new() });
    Ok(serde_json::to_value(Shown {
        status: ChapterStatus::of(chapter, &progress)?,
        edit: chapter.about.edit.iter().map(edit).collect(),
        hints: hints.taken(&entry.hints).map(|hint| told(&hint)).collect(),
        architecture: picture(chapter, &editor),
        can_undo: snapshots::can_undo(&course.root, chapter)?,
    })?)
}

fn picture(chapter: &Chapter, editor: &Editor) -> Option<Picture> {
    let drawn =
        Architecture::of(chapter).and_then(|read| Ok((read.layered.then(|| read.svg()).transpose()?, read)));
    let (html, read) = match drawn {
        Ok(drawn) => drawn,
        Err(error) => return Some(Picture { message: Some(format!("{error:#}")), ..Picture::default() }),
    };
    let broken = |told: Told| {
        let edge = &told.violation.edge;
        // The page has the place apart, as a link.
        let message = told.message.trim_start_matches(&format!("{}:{}: ", edge.file, edge.line)).to_owned();
        let file = format!("exercises/{}/{}", chapter.folder, edge.file);
        Broken { message, place: editor.place(&file, edge.line, 1) }
    };
    let violations = read.violations.into_iter().map(broken).collect();
    read.layered.then_some(Picture { html, violations, message: None })
}

fn hint(course: &Course, chapter: &Chapter) -> Result<Value> {
    Ok(match actions::take_hint(course, chapter)? {
        Ok(hint) => json!({"hint": told(&hint)}),
        Err(message) => json!({"hint": null, "message": message}),
    })
}

fn told(hint: &Hint) -> Value {
    json!({
        "title": hint.topic,
        "stage": hint.stage.title,
        "number": hint.number,
        "of": hint.of,
        "html": hint.stage.html(),
    })
}
