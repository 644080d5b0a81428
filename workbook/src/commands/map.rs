//! `map`: the modules of an exercise, in their layers, and who uses whom.

use anstream::{print, println};

use crate::{
    architecture::{self, Architecture},
    commands::{MapFormat, Verdict},
    course::Course,
    learner::actions::chosen,
};

/// Shows the learner's crate as it is on disk. A broken rule is shown, and is no failure: the chapter's test judges.
pub fn map(course: &Course, id: Option<&str>, format: MapFormat) -> Verdict {
    let architecture = Architecture::of(chosen(course, id)?)?;
    match format {
        MapFormat::Text => print!("{}", architecture::text(&architecture)),
        MapFormat::Json => println!("{}", serde_json::to_string_pretty(&architecture)?),
        // Not through the stream that looks for colours: this is a file.
        MapFormat::Svg => std::println!("{}", architecture.svg_file()?),
    }
    Ok(true)
}
