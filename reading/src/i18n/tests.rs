//! The catalogues are whole, and what translators are told of them is true.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::catalogue::{CATEGORIES, KEYS, NOTES};
use super::words::OwnWords;

/// Each catalogue with the plural categories that its language has for whole numbers (CLDR 48, cardinals).
const CATALOGUES: [(&str, &str, &[&str]); 8] = [
    ("ar", include_str!("catalogues/ar.json"), &["zero", "one", "two", "few", "many", "other"]),
    ("ckb", include_str!("catalogues/ckb.json"), &["one", "other"]),
    ("en", include_str!("catalogues/en.json"), &["one", "other"]),
    ("fa", include_str!("catalogues/fa.json"), &["one", "other"]),
    ("fr", include_str!("catalogues/fr.json"), &["one", "many", "other"]),
    ("he", include_str!("catalogues/he.json"), &["one", "two", "other"]),
    ("tr", include_str!("catalogues/tr.json"), &["one", "other"]),
    ("ur", include_str!("catalogues/ur.json"), &["one", "other"]),
];

fn parsed(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).expect("a catalogue is an object of JSON")
}

/// The marks of `text` that are filled in: `{name}`.
fn marks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(mark, _)| mark).collect()
}

/// Every text of a phrase, with its form's name.
fn texts(phrase: &Value) -> Vec<(&str, &str)> {
    match phrase {
        Value::String(text) => vec![("", text)],
        Value::Object(forms) => forms.iter().map(|(form, text)| (form.as_str(), text.as_str().unwrap_or(""))).collect(),
        _ => vec![],
    }
}

#[test]
fn every_catalogue_has_every_key_and_no_other() {
    for (language, json, _) in CATALOGUES {
        let words = parsed(json);
        assert_eq!(words.get("language"), Some(&Value::from(language)));
        let has: BTreeSet<_> =
            words.keys().map(String::as_str).filter(|key| !matches!(*key, "language" | "dates")).collect();
        let wanted: BTreeSet<_> = KEYS.iter().copied().collect();
        let missing: Vec<_> = wanted.difference(&has).collect();
        let unknown: Vec<_> = has.difference(&wanted).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language}: missing {missing:?}, unknown {unknown:?}");
    }
}

#[test]
fn every_phrase_is_of_its_kind_with_the_plural_forms_of_its_language() {
    for (language, json, categories) in CATALOGUES {
        let words = parsed(json);
        for (key, kind, _) in NOTES {
            let phrase = &words[*key];
            let forms: BTreeSet<_> = texts(phrase).into_iter().map(|(form, _)| form).collect();
            if *kind == "Plural" {
                // Nothing may have words of its own in every language.
                let of_language: BTreeSet<_> = forms.iter().copied().filter(|form| *form != "zero").collect();
                let wanted: BTreeSet<_> = categories.iter().copied().filter(|form| *form != "zero").collect();
                assert_eq!(of_language, wanted, "{language}: {key}");
                assert!(forms.contains("zero") || !categories.contains(&"zero"), "{language}: {key} lacks zero");
                assert!(forms.iter().all(|form| CATEGORIES.contains(form)), "{language}: {key}");
            } else {
                assert_eq!(forms, BTreeSet::from([""]), "{language}: {key} is one text");
            }
            for (form, text) in texts(phrase) {
                assert!(!text.is_empty() && text.trim() == text, "{language}: {key} {form}: {text:?}");
                let unseen =
                    |c: char| maqal_contract::unicode::is_bidi_control(c) || c == '\u{200B}' || c == '\u{FEFF}';
                assert!(!text.contains(unseen), "{language}: {key} {form}: what is filled in is isolated already");
            }
        }
    }
}

#[test]
fn every_phrase_has_the_marks_of_the_first_language() {
    let arabic = parsed(CATALOGUES[0].1);
    for (language, json, _) in CATALOGUES {
        let words = parsed(json);
        for key in KEYS {
            // A plural form may say its number in words.
            let wanted: BTreeSet<_> = texts(&arabic[*key]).into_iter().flat_map(|(_, text)| marks(text)).collect();
            let is_plural = words[*key].is_object();
            for (form, text) in texts(&words[*key]) {
                let mut has = marks(text);
                if is_plural && wanted.contains("n") && !matches!(form, "other" | "many") {
                    has.insert("n");
                }
                assert_eq!(has, wanted, "{language}: {key} {form}: {text}");
            }
        }
    }
}

/// Months, days and ages stand in the catalogue of a language that browsers may not know.
#[test]
fn a_language_that_browsers_may_not_know_has_words_for_dates() {
    let dates = parsed(include_str!("catalogues/ckb.json"));
    let dates = dates["dates"].as_object().expect("dates of Central Kurdish");
    let mut wanted: BTreeSet<String> = (1..=12).map(|month| month.to_string()).collect();
    wanted.extend((0..7).map(|day| format!("w{day}")));
    wanted.extend(["day", "moment", "now"].map(str::to_owned));
    for unit in ["minute", "hour", "day", "month", "year"] {
        wanted.extend([format!("{unit}_one"), format!("{unit}_other")]);
    }
    assert_eq!(dates.keys().cloned().collect::<BTreeSet<_>>(), wanted);
    let marked = |key: &str| marks(dates[key].as_str().unwrap_or_default());
    assert_eq!(marked("day"), BTreeSet::from(["day", "month", "year"]));
    assert_eq!(marked("moment"), BTreeSet::from(["day_of_week", "date", "time"]));
}

#[test]
fn a_host_changes_the_words_it_names_and_hears_of_those_that_are_none() {
    let (words, wrong) = OwnWords::parse(r#"{"send": "انشر", "comment_count": {"other": "{n} ردّ"}}"#);
    assert_eq!(wrong, None);
    assert_ne!(words, OwnWords::default());
    let unknown = r#"{"sned": "انشر", "send": {"other": "x"}, "likes": {"one": 1}, "comment_count": {"fwe": "{n}"}}"#;
    let (words, wrong) = OwnWords::parse(unknown);
    assert_eq!(words, OwnWords::default());
    let wrong = wrong.expect("four faults");
    assert!(wrong.contains("`fwe` of `comment_count`"), "{wrong}");
    assert!(
        wrong.contains("`sned`") && wrong.contains("`send` is not a text") && wrong.contains("form `one`"),
        "{wrong}"
    );
    assert!(OwnWords::parse("[]").1.is_some() && OwnWords::parse("{").1.is_some());
}

#[test]
fn translators_are_told_of_the_marks_that_a_phrase_has() {
    let arabic = parsed(CATALOGUES[0].1);
    for (key, _, note) in NOTES {
        let mut has: BTreeSet<_> = texts(&arabic[*key]).into_iter().flat_map(|(_, text)| marks(text)).collect();
        // A plural has its number.
        has.remove("n");
        let told: BTreeSet<_> = marks(note).into_iter().filter(|mark| *mark != "n").collect();
        assert_eq!(told, has, "{key}: {note}");
    }
}

/// `MAQAL_WRITE=1 cargo test -p maqal-reading i18n` writes it anew.
#[test]
fn the_translators_page_tells_every_key() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n/TRANSLATING.md");
    let is_now = std::fs::read_to_string(path).unwrap_or_default();
    let intro = is_now.split("\n| key |").next().unwrap_or_default();
    let mut wanted = format!("{intro}\n| key | kind | what it is |\n| --- | --- | --- |\n");
    for (key, kind, note) in NOTES {
        let kind = if *kind == "Plural" { "plural" } else { "text" };
        wanted.push_str(&format!("| `{key}` | {kind} | {} |\n", note.trim()));
    }
    if std::env::var_os("MAQAL_WRITE").is_some() {
        std::fs::write(path, &wanted).expect("the translators' page can be written");
    }
    let is_now = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        is_now == wanted,
        "write reading/src/i18n/TRANSLATING.md anew: MAQAL_WRITE=1 cargo test -p maqal-reading i18n"
    );
}
