use super::*;

pub(super) const MONEY: &str = r#"
    [package]
    name = "money"
    [package.metadata.workbook]
    title = "Money"
    page = "part-2/money.md"
    minutes = 30
    kind = "bug"
    engine = "none"
    from = ["email"]
    edit = ["src/money.rs"]
    given = []
    red = ["the_sum_of_nothing_is_zero", "a_table::case_2_of_two"]
    [[package.metadata.workbook.replaced]]
    tests = ["email/emails"]
    why = "gone"
    [dependencies]
    serde.workspace = true
"#;

#[test]
fn a_manifest_tells_what_the_tool_knows_of_a_chapter() {
    let chapter = Chapter::parse(Path::new("/w"), "09-money", MONEY).unwrap();
    assert_eq!((chapter.id.as_str(), chapter.number()), ("money", "09"));
    assert_eq!(
        (chapter.about.replaced[0].tests.as_slice(), chapter.about.replaced[0].why.as_str()),
        (&["email/emails".to_owned()][..], "gone")
    );
    assert!(chapter.is_red_at_start("the_sum_of_nothing_is_zero"));
    assert!(chapter.is_red_at_start("a_table::case_2_of_two"));
    assert!(!chapter.is_red_at_start("a_table::case_1_of_two"));
}

#[test]
fn the_folder_and_the_package_have_one_name() {
    let error = Chapter::parse(Path::new("/w"), "09-cash", MONEY).unwrap_err();
    assert!(error.to_string().contains("the folder must be NN-money"), "{error}");
}

#[test]
fn a_misspelt_key_is_an_error() {
    let error =
        Chapter::parse(Path::new("/w"), "09-money", &MONEY.replace("minutes", "minuets")).unwrap_err();
    assert!(format!("{error:#}").contains("minuets"), "{error:#}");
}

#[test]
fn the_name_of_a_table_stands_for_its_cases_and_no_others() {
    assert!(matches("table", "table::case_1"));
    assert!(matches("table", "table"));
    assert!(!matches("table", "table_of_contents"));
}

#[test]
fn an_unknown_id_suggests_the_nearest() {
    let chapter = |folder: &str| {
        let id = folder.split_once('-').unwrap().1;
        Chapter::parse(Path::new("/w"), folder, &MONEY.replace("\"money\"", &format!("{id:?}"))).unwrap()
    };
    let course = Course {
        root: "/w".into(),
        chapters: vec![chapter("08-email"), chapter("09-money")],
        broken: vec![],
    };
    for slip in ["mony", "Mnoey", "mon", "monies"] {
        let error = course.chapter(slip).unwrap_err().to_string();
        assert!(error.contains("Did you mean \"money\"?"), "{error}");
    }
    for other in ["zzz", "nonsense", "may", "on", "", "everyone"] {
        let error = course.chapter(other).unwrap_err().to_string();
        assert!(!error.contains("Did you mean"), "{error}");
    }
    for name in ["money", "9", "09", "09-money", "exercises/09-money/"] {
        assert_eq!(course.chapter(name).unwrap().id, "money", "{name}");
    }
}
