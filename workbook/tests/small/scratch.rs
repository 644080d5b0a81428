//! The scratch workspace, tried on this workbook itself.

use std::{collections::BTreeSet, path::Path};

use cargo_metadata::MetadataCommand;
use workbook::{
    course::{Course, files},
    runner::{
        cargo::{self, BuildEnd, BuildEvent},
        process::Stop,
        run::{self, Outcome},
        scratch::Scratch,
    },
};

use crate::fixture::one_at_a_time;

fn built(root: &Path, package: &str) -> BTreeSet<String> {
    let mut built = BTreeSet::new();
    let build = cargo::build_test(root, package, "chapter", &Stop::default(), &mut |event| {
        if let BuildEvent::Crate { name, fresh: false } = event {
            built.insert(name.to_owned());
        }
    });
    let build = build.unwrap();
    assert_eq!(build.end, BuildEnd::Built, "{build:?}");
    built
}

#[test]
fn what_comes_from_a_registry_is_not_built_again() {
    let _turn = one_at_a_time();
    let course = Course::load(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap();
    let chapter = &course.chapters[0];
    let package = format!("{}-solution", chapter.id);
    built(&course.root, &package);

    let mut scratch = Scratch::open(&course, "test-of-the-shadow").unwrap();
    let mut files = files::read_all(&chapter.solution_dir).unwrap();
    files.insert("src/new.rs".into(), b"//! New.\n".to_vec());
    files.entry("src/lib.rs".into()).and_modify(|text| text.extend_from_slice(b"\npub mod new;\n"));
    let [subject] = &scratch.solutions(chapter, &[&files]).unwrap()[..] else { panic!("one version") };
    let built_here = built(&subject.root, &subject.package);
    let metadata = MetadataCommand::new().current_dir(&subject.root).no_deps().exec().unwrap();
    let targets = metadata.packages.iter().flat_map(|package| &package.targets);
    let ours: BTreeSet<_> = targets.map(|target| target.name.as_str()).chain(["testkit"]).collect();
    let others: Vec<_> = built_here.iter().filter(|name| !ours.contains(name.as_str())).collect();
    assert!(others.is_empty(), "built again: {others:?}");

    assert_eq!(
        built(&subject.root, &subject.package),
        BTreeSet::new(),
        "nothing changed, so nothing is built"
    );
    assert_eq!(built(&course.root, &package), BTreeSet::new(), "the workbook's own build is as it was");
}

#[test]
fn versions_side_by_side_are_each_their_own() {
    let _turn = one_at_a_time();
    let course = Course::load(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()).unwrap();
    let chapter = &course.chapters[0];
    let sound = files::read_all(&chapter.solution_dir).unwrap();
    let mut broken = sound.clone();
    broken.insert("src/lib.rs".into(), b"//! Nothing is here.\n".to_vec());

    let mut scratch = Scratch::open(&course, "test-of-versions").unwrap();
    let subjects = scratch.solutions(chapter, &[&broken, &sound]).unwrap();
    let packages: Vec<String> = subjects.iter().map(|subject| subject.package.clone()).collect();
    cargo::build_all_tests(&subjects[0].root, &["--tests"], &packages, &Stop::default()).unwrap();

    let [broken, sound] = &subjects[..] else { panic!("two versions") };
    assert_eq!(
        built(&sound.root, &sound.package),
        BTreeSet::new(),
        "it was built, whatever the other one is"
    );
    let outcome = |subject| run::package(subject, &Stop::default(), &mut |_| {}).unwrap().outcome;
    assert_eq!((outcome(broken), outcome(sound)), (Outcome::DoesNotCompile, Outcome::Green));
}
