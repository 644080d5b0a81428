//! The inside is handed times and ids, and makes none.

use std::{fs, path::Path};

use layers::Layer;
use rstest::rstest;

/// What gives a time or an id out of nowhere.
const OUT_OF_NOWHERE: [&str; 3] = ["::now", "::new_v", ".elapsed"];
/// Whom to ask is fine: the port, and a function of one's own, since its lines are read as well.
const ASKED: [&str; 5] = ["Clock", "Clock>", "Self", "OrderDesk", "Accounts"];

/// The lines of these sources, and nothing where a comment of several lines stands.
fn without_blocks(sources: &str) -> String {
    let mut code = String::new();
    let mut rest = sources;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        code += before;
        code.extend(comment.matches('\n'));
        rest = after;
    }
    code + rest
}

/// Whether somebody makes a time or an id in this line. Comments may speak of it.
fn makes_one(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    OUT_OF_NOWHERE.iter().any(|maker| {
        code.match_indices(maker).any(|(at, _)| {
            let of_a_name = |c: char| c.is_alphanumeric() || "_>".contains(c);
            let asked = code[..at].rsplit(|c| !of_a_name(c)).next();
            !ASKED.contains(&asked.unwrap_or_default())
        })
    })
}

#[rstest]
#[case::a_call("order.submit(OffsetDateTime::now_utc())?;", true)]
#[case::a_function_that_is_handed_on(
    "at.unwrap_or_else(OffsetDateTime::now_utc)",
    true
)]
#[case::another_clock("let at = SystemTime::now();", true)]
#[case::an_id("let id = OrderId::new(Uuid::now_v7());", true)]
#[case::a_clock_of_its_own("order.submit(WallClock::now())?;", true)]
#[case::the_time_since_an_epoch("let since = UNIX_EPOCH.elapsed()?;", true)]
#[case::the_port("order.submit(self.clock.now())?;", false)]
#[case::the_port_by_its_name(
    "order.submit(Clock::now(self.clock.as_ref()))?;",
    false
)]
#[case::the_port_as_a_type("order.submit(<dyn Clock>::now(&*self.clock))?;", false)]
#[case::a_function_of_the_desk("order.submit(OrderDesk::now(self))?;", false)]
#[case::a_function_of_its_own("order.submit(Self::now(&*self.clock))?;", false)]
#[case::a_comment("// not OffsetDateTime::now_utc()", false)]
fn line_makes_a_time_or_an_id(#[case] line: &str, #[case] makes: bool) {
    assert_eq!(makes_one(line), makes, "{line}");
}

#[rstest]
#[case::a_comment_in_a_line("/* now_utc() */ a\nb", " a\nb")]
#[case::a_comment_of_two_lines("a /* Uuid::now_v7()\n */ b\nc", "a \n b\nc")]
fn blocks_of_comment_are_left_out(#[case] sources: &str, #[case] code: &str) {
    assert_eq!(without_blocks(sources), code);
}

/// Whether this line takes a function that gives times, in place of a time.
fn takes_a_clock(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    ["Fn()", "FnMut()", "FnOnce()", "fn()"]
        .iter()
        .any(|function| code.contains(&format!("{function} -> OffsetDateTime")))
}

#[rstest]
#[case::a_value("    pub fn submit(&mut self, at: OffsetDateTime) {", false)]
#[case::a_closure("    now: impl FnOnce() -> OffsetDateTime,", true)]
#[case::a_function("    now: fn() -> OffsetDateTime,", true)]
#[case::a_method("    pub fn submitted_at(&self) -> OffsetDateTime {", false)]
fn line_takes_a_clock(#[case] line: &str, #[case] takes: bool) {
    assert_eq!(takes_a_clock(line), takes, "{line}");
}

/// The lines of these layers of which this is so, each as its file and its number.
fn lines(layers: &[Layer], is_so: fn(&str) -> bool) -> Vec<String> {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = layers::read(crate_dir).expect("the sources of this crate");
    let inside = map
        .modules
        .iter()
        .filter(|module| module.layer.is_some_and(|layer| layers.contains(&layer)));

    let mut found = Vec::new();
    for module in inside {
        let code = fs::read_to_string(crate_dir.join(&module.file))
            .expect("the code of this module");
        for (number, line) in without_blocks(&code).lines().enumerate() {
            if is_so(line) {
                found.push(format!("{}:{}", module.file, number + 1));
            }
        }
    }
    found
}

#[test]
fn application_and_domain_make_no_times_or_ids() {
    let found = lines(&[Layer::Domain, Layer::Application], makes_one);
    assert!(
        found.is_empty(),
        "the use cases ask their ports for times and ids. Here a line makes one by itself:\n{}",
        found.join("\n")
    );
}

#[test]
fn domain_takes_times_and_no_clock() {
    let found = lines(&[Layer::Domain], takes_a_clock);
    assert!(
        found.is_empty(),
        "the domain gets a time, and asks for none. Here it takes a function that gives one:\n{}",
        found.join("\n")
    );
}
