//! Slips that learners make, and the hint that each gets first. `slips/ID.toml` has, for each, what the compiler or the first
//! failure really said of it, as a run writes it down.

use std::{fs, path::Path};

use serde::Deserialize;
use workbook::course::{Course, Hints};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slips {
    slip: Vec<Slip>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    /// The mistake, in a few words.
    what: String,
    /// Error codes, where it does not compile.
    #[serde(default)]
    errors: Vec<String>,
    /// Otherwise the tests that fail, the first of them at least.
    #[serde(default)]
    failing: Vec<String>,
    /// Lines of the errors, or of the first failure.
    message: String,
    /// The title of the hint that helps: `### …` in the chapter's `hints.md`.
    first: String,
}

#[test]
fn each_slip_gets_the_hint_that_helps_first() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let course = Course::load(root.parent().unwrap()).unwrap();
    let (mut all, mut wrong) = (0, Vec::new());
    for chapter in &course.chapters {
        let path = root.join(format!("tests/slips/{}.toml", chapter.id));
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Slips { slip: slips } =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let hints = Hints::load(&chapter.dir).unwrap();
        for slip in slips {
            all += 1;
            assert!(slip.errors.is_empty() != slip.failing.is_empty(), "{}: {}", chapter.id, slip.what);
            let said = hints.said(&slip.message).chain(&slip.errors).chain(&slip.failing);
            let first = hints.next(said, &Default::default()).map(|hint| hint.stage.title);
            if first.as_ref() != Some(&slip.first) {
                wrong.push(format!("{}: {}: {first:?} and not {:?}", chapter.id, slip.what, slip.first));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {all}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all > 0, "there are slips");
}
