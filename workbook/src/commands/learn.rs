//! The learner's commands that answer at once: run, list, status, map, hint, solution, reset, undo.
//!
//! What they say is made by functions that return text, because the keys of `watch` say the same.

use anstream::{print, println};
use anyhow::{Result, ensure};
use indicatif::MultiProgress;

use super::{Format, MapFormat, Verdict};
use crate::{
    architecture::{self, Architecture},
    course::Course,
    learner::{
        CourseStatus, Progress,
        actions::{chosen, chosen_or_last, next_hint, reference, take_back, take_last_back, to_start},
        record, text,
    },
    runner::{Outcome, Report, Stop},
    terminal::{self, Stream, results},
};

pub fn run(course: &Course, id: Option<&str>, filter: &str, all: bool) -> Verdict {
    let chapter = chosen(course, id)?;
    let stop = Stop::on_interrupt();
    println!("{}", results::heading(chapter));
    let mut stream = Stream::new(&course.root, chapter, "exercise", MultiProgress::new());
    stream.all = all;
    let mut on = |event| print!("{}", stream.take(event).unwrap_or_default());
    let report = record::exercise(course, chapter, filter, &stop, &mut on)?;
    drop(stream);
    let (id, total) = (&chapter.id, report.total());
    ensure!(
        filter.is_empty() || total > 0 || report.outcome != Outcome::Green,
        "no test of {id} has {filter:?} in its name. All of them: cargo test -p {id} -- --list"
    );
    print!("{}", results::report(&report, all));
    match filter {
        "" => println!("{}", next_step(course, &report, all)?),
        _ => println!(
            "{total} of {} tests have {filter:?} in their names. All: cargo workbook run {id}",
            total + report.left_out
        ),
    }
    Ok(report.outcome == Outcome::Green)
}

fn next_step(course: &Course, report: &Report, all: bool) -> Result<String> {
    Ok(match report.outcome {
        Outcome::Green => match Progress::load(&course.root)?.current(course) {
            Some(next) => format!("Next: cargo workbook run {} (book/{})", next.id, next.about.page),
            None => "You have solved every chapter.".to_owned(),
        },
        Outcome::Stopped => String::new(),
        Outcome::Red if !all && report.failed().count() > 1 => {
            format!("Stuck? cargo workbook hint {0}   All failures: cargo workbook run {0} --all", report.id)
        }
        Outcome::NotRun => format!("Then run them again: cargo workbook run {}", report.id),
        Outcome::Red | Outcome::DoesNotCompile => format!("Stuck? cargo workbook hint {}", report.id),
    })
}

pub fn list(course: &Course) -> Verdict {
    print!("{}", text::list(&CourseStatus::load(course)?, terminal::width()));
    Ok(true)
}

pub fn status(course: &Course, format: Format) -> Verdict {
    let status = CourseStatus::load(course)?;
    if format == Format::Json {
        println!("{}", serde_json::to_string_pretty(&status)?);
        return Ok(true);
    }
    println!("{}", text::bar(&status, terminal::width()));
    match status.chapters.iter().find(|chapter| Some(&chapter.id) == status.current.as_ref()) {
        Some(chapter) => {
            println!("You are at {} {}: {}.", chapter.number, chapter.id, chapter.words());
            if let Some(missing) = &chapter.missing {
                println!("Not run: {missing}");
            }
        }
        None => println!("You have solved every chapter."),
    }
    Ok(true)
}

/// Shows the learner's crate as it is on disk. A broken rule is shown, and is no failure: the chapter's test judges.
pub fn map(course: &Course, id: Option<&str>, format: MapFormat) -> Verdict {
    let architecture = Architecture::of(chosen(course, id)?)?;
    match format {
        MapFormat::Text => {
            print!("{}", architecture::text(&architecture, terminal::width(), terminal::height()));
        }
        MapFormat::Json => println!("{}", serde_json::to_string_pretty(&architecture)?),
        // Not through the stream that looks for colours: this is a file.
        MapFormat::Svg => std::println!("{}", architecture.svg_file()?),
    }
    Ok(true)
}

pub fn hint(course: &Course, id: Option<&str>) -> Verdict {
    print!("{}", next_hint(course, chosen(course, id)?)?);
    Ok(true)
}

pub fn solution(course: &Course, id: Option<&str>, show_me: bool) -> Verdict {
    let chapter = chosen_or_last(course, id)?;
    let reference = reference(course, chapter, show_me)?;
    match &reference {
        Some(text) => print!("{text}"),
        None => println!(
            "{id} is not green yet. The hints may be enough: cargo workbook hint {id}\n\
             To see the reference all the same (it is written down): cargo workbook solution {id} --show-me",
            id = chapter.id
        ),
    }
    Ok(reference.is_some())
}

pub fn reset(course: &Course, id: Option<&str>) -> Verdict {
    println!("{}", to_start(course, chosen_or_last(course, id)?)?);
    Ok(true)
}

pub fn undo(course: &Course, id: Option<&str>) -> Verdict {
    let said = match id {
        Some(id) => take_back(course, course.chapter(id)?)?,
        None => take_last_back(course)?,
    };
    println!("{said}");
    Ok(true)
}
