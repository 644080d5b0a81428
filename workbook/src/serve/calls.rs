//! What a page asks the tool to do with a chapter, and what it is answered.
//!
//! The server makes a [`Call`] of a request, and the loop that owns the runs answers it. So page, keys and saves never act at
//! once, and all three do the same.

use anyhow::Result;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::{
    architecture::{Architecture, Told},
    course::{Chapter, Course, Hint, Hints, files},
    learner::{ChapterStatus, Editor, Progress, actions, snapshots},
};

#[derive(Debug)]
pub struct Call {
    /// What the page calls the chapter: any text, until it is found among the chapters' ids.
    pub id: String,
    pub action: Action,
    /// Where the answer goes. Nobody may be waiting any more.
    pub reply: oneshot::Sender<Reply>,
}

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

#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    Done(Value),
    /// It cannot be done now; `message` says why.
    Refused(Value),
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
        Action::Hint => actions::take_hint(course, chapter).map(|hint| match hint {
            Ok(taken) => json!({"hint": told(&taken.hint), "message": taken.note}),
            Err(message) => json!({"hint": null, "message": message}),
        }),
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

/// A chapter as its page shows it: its state, the files that the learner changes, the hints that were taken so far, and the
/// modules of the crate in their layers, or null where there are none.
fn show(course: &Course, chapter: &Chapter) -> Result<Value> {
    let progress = Progress::load(&course.root)?;
    // Settings that are not in order are said when the tool starts.
    let editor = Editor::load(&course.root).unwrap_or_else(|_| Editor::usual(&course.root));
    let edit = |file: &String| {
        let file = files::relative(&course.root, &chapter.dir.join(file));
        json!({"link": editor.link(&file, 1, 1), "file": file})
    };
    let shown = progress.of(&chapter.id).hints;
    // Hints that are not in order are for `cargo gates` to say.
    let hints = Hints::load(&chapter.dir).unwrap_or(Hints { topics: Vec::new() });
    let mut page = serde_json::to_value(ChapterStatus::of(chapter, &progress))?;
    page["edit"] = chapter.about.edit.iter().map(edit).collect();
    page["hints"] = hints.taken(&shown).map(|hint| told(&hint)).collect();
    page["architecture"] = picture(chapter, &editor);
    // What cannot be read is said by the undo itself.
    page["can_undo"] = snapshots::can_undo(course, chapter).unwrap_or(true).into();
    Ok(page)
}

/// The picture as SVG, and what breaks a rule, in sentences; or, while the sources do not parse, why there is none.
fn picture(chapter: &Chapter, editor: &Editor) -> Value {
    let read = match Architecture::of(chapter) {
        Ok(read) if !read.layered => return Value::Null,
        read => read.and_then(|read| Ok((read.svg()?, read))),
    };
    let (html, read) = match read {
        Ok(drawn) => drawn,
        Err(error) => return json!({"html": null, "violations": [], "message": format!("{error:#}")}),
    };
    let broken = |told: &Told| {
        let edge = &told.violation.edge;
        // The page has the place apart, as a link.
        let message = told.message.trim_start_matches(&format!("{}:{}: ", edge.file, edge.line));
        let file = format!("exercises/{}/{}", chapter.folder, edge.file);
        json!({"message": message, "place": editor.place(&file, edge.line, 1)})
    };
    let violations: Vec<Value> = read.violations.iter().map(broken).collect();
    json!({"html": html, "violations": violations, "message": null})
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
