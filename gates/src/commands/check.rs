//! `check`.

use std::{io::IsTerminal, time::Instant};

use anstream::{eprintln, print, println};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
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
    let (started, stop) = (Instant::now(), Stop::on_interrupt());
    let mut progress = Bar::new(format);
    let checks = check::run(course, only, &stop, &mut |event| progress.take(event))?;
    drop(progress);
    match format {
        Format::Json => println!("{}", json(&checks)?),
        Format::Text => {
            print!("{}", failures(&checks));
            let seconds = started.elapsed().as_secs_f32();
            println!("\nChecked in {seconds:.1} s.{}\n{}", before(&checks), summary(&checks));
        }
    }
    Ok(checks.iter().all(|check| check.failures.is_empty()))
}

fn summary(checks: &[Check]) -> String {
    let failed = checks.iter().filter(|check| !check.failures.is_empty()).count();
    format!("{} passed, {failed} failed", checks.len() - failed)
}

/// What was not looked at again, and how it would be.
fn before(checks: &[Check]) -> String {
    match checks.iter().filter(|check| check.before).count() {
        0 => String::new(),
        count => format!(
            "\nNot tried again: {count} answers; nothing has changed since they were. `cargo gates` tries all."
        ),
    }
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
        let ok = found.is_empty();
        checked.push(json!({"gate": gate, "chapter": chapter, "what": what, "ok": ok, "before": before}));
        failures.extend(found.iter().map(|Failure { problem, mend }| {
            json!({"gate": gate, "rule": gate.rule(), "chapter": chapter, "what": what, "problem": problem, "mend": mend})
        }));
    }
    let answer = json!({ "version": 1, "ok": failures.is_empty(), "failures": failures, "checked": checked });
    Ok(serde_json::to_string_pretty(&answer)?)
}

/// A bar on a terminal, a line for each check elsewhere; nothing beside JSON. It goes to standard error.
struct Bar {
    bar: ProgressBar,
    lines: bool,
}

impl Bar {
    fn new(format: Format) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("  {bar:20} {pos}/{len}  {elapsed}  {wide_msg}");
        let style = style.expect("the template is well formed").progress_chars("#>-");
        let bar = ProgressBar::with_draw_target(Some(0), target).with_style(style);
        Self { bar, lines: !terminal && format == Format::Text }
    }

    fn take(&mut self, event: CheckEvent<'_>) {
        match event {
            CheckEvent::Steps(count) => self.bar.set_length(count as u64),
            CheckEvent::Step(what) => {
                if !self.bar.message().is_empty() {
                    self.bar.inc(1);
                }
                self.bar.set_message(what.to_owned());
            }
            CheckEvent::Checked(check) if self.lines => {
                let word = if check.failures.is_empty() { "ok  " } else { "FAIL" };
                let chapter = check.chapter.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
                let before = if check.before { ", not tried again" } else { "" };
                eprintln!("  {word} {chapter}{}{before}", check.what);
            }
            CheckEvent::Checked(_) => {}
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
