//! Attributes become settings; each wrong one is named, and the card does without it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use maqal::settings::{AttributeFault, Comfort, RawAttributes, Settings, Source, Theme, ThreadSetting};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn good() -> RawAttributes {
    RawAttributes {
        src: Some("a/42.json".into()),
        endpoint: Some("https://talk.example/api/comments".into()),
        base: "https://news.example/page".into(),
        ..RawAttributes::default()
    }
}

fn only_error(raw: &RawAttributes) -> (&'static str, AttributeFault) {
    let errors = Settings::parse(raw).errors;
    assert_eq!(errors.len(), 1, "{errors:?}");
    (errors[0].attribute, errors[0].cause.clone())
}

#[wasm_bindgen_test]
fn addresses_are_resolved_against_the_page() {
    let settings = Settings::parse(&good());
    assert_eq!(settings.errors, []);
    let Some(Source::Url { url, .. }) = settings.source else { panic!("no source") };
    assert_eq!(url.as_str(), "https://news.example/a/42.json");
    assert_eq!(settings.endpoint.unwrap().as_str(), "https://talk.example/api/comments");
    assert_eq!(settings.thread, ThreadSetting::FromArticle);
    assert_eq!(settings.theme, Theme::Auto);
}

#[wasm_bindgen_test]
fn without_src_the_children_are_the_article() {
    let settings = Settings::parse(&RawAttributes { src: None, ..good() });
    assert_eq!((settings.source, settings.errors.len()), (Some(Source::Inline), 0));
}

#[wasm_bindgen_test]
fn a_src_that_cannot_be_fetched_is_named() {
    for (src, fault) in
        [("", "Empty"), ("javascript:alert(1)", "Scheme"), ("http://[", "NotAUrl"), ("ftp://a/b", "Scheme")]
    {
        let (attribute, cause) = only_error(&RawAttributes { src: Some(src.into()), ..good() });
        assert_eq!(attribute, "src");
        assert!(format!("{cause:?}").contains(fault), "{src}: {cause:?}");
    }
}

#[wasm_bindgen_test]
fn an_endpoint_is_required() {
    assert_eq!(only_error(&RawAttributes { endpoint: None, ..good() }), ("endpoint", AttributeFault::Missing));
    assert_eq!(
        only_error(&RawAttributes { endpoint: Some("  ".into()), ..good() }),
        ("endpoint", AttributeFault::Empty)
    );
    let (attribute, _) = only_error(&RawAttributes { endpoint: Some("data:text/plain,x".into()), ..good() });
    assert_eq!(attribute, "endpoint");
}

#[wasm_bindgen_test]
fn a_thread_that_cannot_be_a_name_opens_no_conversation() {
    for thread in ["", "  ", "\u{202E}\u{200B}", &"x".repeat(3000)] {
        let raw = RawAttributes { thread: Some(thread.into()), ..good() };
        assert_eq!(only_error(&raw).0, "thread");
        assert_eq!(Settings::parse(&raw).thread, ThreadSetting::Wrong);
    }
}

#[wasm_bindgen_test]
fn the_language_is_the_elements_else_the_pages_else_arabic() {
    let tag = |lang: Option<&str>, inherited: Option<&str>| {
        let raw =
            RawAttributes { lang: lang.map(str::to_owned), inherited_lang: inherited.map(str::to_owned), ..good() };
        (Settings::parse(&raw).language.as_str().to_owned(), Settings::parse(&raw).errors.len())
    };
    assert_eq!(tag(Some("ar-ma"), Some("fr")), ("ar-MA".to_owned(), 0));
    assert_eq!(tag(None, Some("en-GB")), ("en-GB".to_owned(), 0));
    assert_eq!(tag(None, None), ("ar".to_owned(), 0));
    assert_eq!(tag(Some("not a tag!"), Some("en")), ("en".to_owned(), 1));
    assert_eq!(tag(None, Some("???")), ("ar".to_owned(), 0), "the host page's own fault is not the card's");
}

#[wasm_bindgen_test]
fn an_unknown_theme_is_named_and_the_readers_choice_stands_in() {
    let raw = RawAttributes { theme: Some("purple".into()), ..good() };
    assert_eq!(only_error(&raw), ("theme", AttributeFault::Choice("auto, light, sepia, dark")));
    assert_eq!(Settings::parse(&raw).theme, Theme::Auto);
    assert_eq!(Settings::parse(&RawAttributes { theme: Some("dark".into()), ..good() }).theme, Theme::Dark);
    assert_eq!(Settings::parse(&RawAttributes { theme: Some(" sepia ".into()), ..good() }).theme, Theme::Sepia);
}

#[wasm_bindgen_test]
fn the_developers_message_names_the_attribute_its_value_and_the_way_on() {
    let raw = RawAttributes { endpoint: Some("mailto:a@b.example".into()), ..good() };
    let message = Settings::parse(&raw).errors[0].to_string();
    for part in ["endpoint", "mailto:a@b.example", "https://talk.example/api/comments"] {
        assert!(message.contains(part), "{message}");
    }
}

#[wasm_bindgen_test]
fn a_reader_may_choose_all_of_the_looks_or_what_the_host_lists() {
    let comfort = |value: Option<&str>| {
        let settings = Settings::parse(&RawAttributes { comfort: value.map(str::to_owned), ..good() });
        assert_eq!(settings.errors, [], "{value:?}");
        let Comfort { text_size, line_spacing, theme } = settings.comfort;
        [text_size, line_spacing, theme]
    };
    assert_eq!(comfort(None), [true; 3]);
    assert_eq!(comfort(Some(" ")), [true; 3]);
    assert_eq!(comfort(Some("none")), [false; 3]);
    assert_eq!(comfort(Some("text-size")), [true, false, false]);
    assert_eq!(comfort(Some(" theme\tline-spacing ")), [false, true, true]);
}

#[wasm_bindgen_test]
fn a_word_that_no_reader_can_be_offered_is_named_and_all_is_offered() {
    for comfort in ["text_size", "none theme", "text-size, theme", "true"] {
        let raw = RawAttributes { comfort: Some(comfort.into()), ..good() };
        let cause = AttributeFault::Choice("none, text-size, line-spacing, theme");
        assert_eq!(only_error(&raw), ("comfort", cause), "{comfort}");
        assert!(Settings::parse(&raw).comfort.theme);
    }
}

#[wasm_bindgen_test]
fn the_articles_heading_has_one_of_six_levels() {
    let level = |value: Option<&str>| {
        Settings::parse(&RawAttributes { heading: value.map(str::to_owned), ..good() }).heading.get()
    };
    assert_eq!(level(None), 2);
    assert_eq!([level(Some("1")), level(Some(" 4 ")), level(Some("6"))], [1, 4, 6]);
    for heading in ["0", "7", "h2", "٢", "02", "-1"] {
        let raw = RawAttributes { heading: Some(heading.into()), ..good() };
        assert_eq!(only_error(&raw), ("heading", AttributeFault::Choice("1, 2, 3, 4, 5, 6")), "{heading}");
        assert_eq!(level(Some(heading)), 2);
    }
}
