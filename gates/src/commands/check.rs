//! `check`.

use std::time::Instant;

use anstream::{eprintln, print, println};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use serde_json::json;
use workbook::{
    commands::{Format, Verdict},
    course::Course,
    runner::Stop,
    terminal::style,
};

use crate::check::{self, Check, CheckEvent, Failure};

/// Checks one chapter, or the whole workbook.
pub fn check(course: &Course, id: Option<&str>, format: Format) -> Verdict {
    let only = id.map(|id| course.chapter(id)).transpose()?;
    let (started, stop, bar) = (Instant::now(), Stop::on_interrupt(), bar());
    // A bar on a terminal, a line for each check elsewhere; nothing beside JSON.
    let lines = bar.is_hidden() && format == Format::Text;
    let checks = check::run(course, only, &stop, &mut |event| show(event, &bar, lines))?;
    drop(bar);
    let failed = checks.iter().filter(|check| !check.failures.is_empty()).count();
    match format {
        Format::Json => println!("{}", json(&checks)?),
        Format::Text => {
            print!("{}", failures(&checks));
            println!("\nChecked in {:.1} s.", started.elapsed().as_secs_f32());
            let before = checks.iter().filter(|check| check.before).count();
            if before > 0 {
                println!(
                    "Not tried again: {before} answers; nothing has changed since they were. `cargo gates` tries all."
                );
            }
            println!("{} passed, {failed} failed", checks.len() - failed);
        }
    }
    Ok(failed == 0)
}

/// What is wrong, chapter by chapter, as it was checked.
fn failures(checks: &[Check]) -> String {
    let mut text = String::new();
    let mut shown = None;
    for check in checks.iter().filter(|check| !check.failures.is_empty()) {
        if shown.replace(&check.chapter) != Some(&check.chapter) {
            let chapter = check.chapter.as_deref().unwrap_or("the whole workbook");
            text += &format!("\n{}\n", style::bold(chapter));
        }
        let rule = style::dim(check.gate.rule());
        text += &format!("  gate {}, {}: {rule}\n", check.gate as u8, check.what);
        for failure in &check.failures {
            text += &format!("    {} {}\n", style::bad("FAIL"), indented(&failure.problem));
            text += &format!("      → {}\n", indented(&failure.mend));
        }
    }
    text
}

fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n         ")
}

/// Stable: keys are added without counting `version` up, and none is taken away or changed.
fn json(checks: &[Check]) -> Result<String> {
    let (mut failures, mut checked) = (Vec::new(), Vec::new());
    for Check { gate, chapter, what, before, failures: found } in checks {
        let (number, rule, ok) = (*gate as u8, gate.rule(), found.is_empty());
        checked.push(json!({"gate": number, "chapter": chapter, "what": what, "ok": ok, "before": before}));
        failures.extend(found.iter().map(|Failure { problem, mend }| {
            json!({"gate": number, "rule": rule, "chapter": chapter, "what": what, "problem": problem, "mend": mend})
        }));
    }
    let answer = json!({ "version": 1, "ok": failures.is_empty(), "failures": failures, "checked": checked });
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// On standard error; hidden where that is no terminal.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("  {bar:20} {pos}/{len}  {elapsed}  {wide_msg}");
    let style = style.expect("the template is well formed").progress_chars("#>-");
    ProgressBar::new(0).with_style(style).with_finish(ProgressFinish::AndClear)
}

fn show(event: CheckEvent<'_>, bar: &ProgressBar, lines: bool) {
    match event {
        CheckEvent::Steps(count) => bar.set_length(count as u64),
        CheckEvent::Step(what) => {
            if !bar.message().is_empty() {
                bar.inc(1);
            }
            bar.set_message(what.to_owned());
        }
        CheckEvent::Checked(check) if lines => {
            let word = if check.failures.is_empty() { "ok  " } else { "FAIL" };
            let chapter = check.chapter.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
            let before = if check.before { ", not tried again" } else { "" };
            eprintln!("  {word} {chapter}{}{before}", check.what);
        }
        CheckEvent::Checked(_) => {}
    }
}
