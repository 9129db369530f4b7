//! Words, numbers, plurals and dates in the card's language, by the browser's `Intl`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use js_sys::{Array, Object, Reflect};
use maqal::i18n::{Catalogue, LanguageTag, Locale, Timestamp};
use maqal::text::direction::Direction;
use support::{LANGUAGES, TestCard, answer_json, locale, words};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn arabic_counts_take_all_six_forms() {
    let ar = locale("ar");
    let counts = [0, 1, 2, 3, 10, 11, 26, 99, 100, 102, 103, 111].map(|n| ar.plural(&ar.words.comment_count, n));
    assert_eq!(
        counts,
        [
            "لا تعليقات",
            "تعليق واحد",
            "تعليقان",
            "٣ تعليقات",
            "١٠ تعليقات",
            "١١ تعليقًا",
            "٢٦ تعليقًا",
            "٩٩ تعليقًا",
            "١٠٠ تعليق",
            "١٠٢ تعليق",
            "١٠٣ تعليقات",
            "١١١ تعليقًا",
        ]
    );
}

#[wasm_bindgen_test]
fn digits_follow_the_region() {
    assert_eq!((locale("ar").number(24).as_str(), locale("ar-MA").number(24).as_str()), ("٢٤", "24"));
    assert_eq!(locale("en").number(10_000), "10,000");
}

#[wasm_bindgen_test]
fn times_are_told_as_a_reader_tells_them() {
    let at = |text: &str| Timestamp::parse(text).unwrap();
    let now = at("2026-11-14T12:00:00Z");
    let ar = locale("ar");
    assert_eq!(ar.ago(at("2026-11-14T11:59:30Z"), now), "الآن");
    assert_eq!(ar.ago(at("2026-11-14T10:00:00Z"), now), "قبل ساعتين");
    assert_eq!(ar.ago(at("2026-11-13T11:00:00Z"), now), "أمس");
    assert_eq!(ar.ago(at("2027-01-01T00:00:00Z"), now), "الآن", "a clock that is ahead");
    assert_eq!(locale("en").ago(at("2026-11-14T11:40:00Z"), now), "20 minutes ago");
    assert_eq!(ar.date(at("2026-11-14T12:00:00Z")), "١٤ نوفمبر ٢٠٢٦");
}

#[wasm_bindgen_test]
fn what_is_no_tag_and_no_date_is_refused() {
    assert!(LanguageTag::parse("ar_EG!!").is_none());
    assert!(LanguageTag::parse("").is_none());
    assert!(Timestamp::parse("next week").is_none());
}

#[wasm_bindgen_test]
fn words_and_digits_are_of_one_language() {
    let arabic = Catalogue::of_page(&words("ar"));
    let pashto = Locale::new(&LanguageTag::parse("ps").unwrap(), arabic);
    assert_eq!((pashto.words.send, pashto.tag()), ("إرسال تعليق", "ar"));
    assert_eq!(pashto.number(24), "٢٤");
    assert_eq!(locale("ar-Latn").direction(), Direction::Rtl, "Arabic words stand in Arabic letters");
}

#[wasm_bindgen_test]
fn each_catalogue_has_the_plural_forms_that_the_browser_asks_for() {
    for language in LANGUAGES {
        let rules = js_sys::Intl::PluralRules::new(&Array::of1(&language.into()), &Object::new());
        let forms = Reflect::get(&words(language), &"comment_count".into()).unwrap();
        for n in (0..=120).chain([1_000, 1_000_000]) {
            let category = rules.select(f64::from(n));
            assert!(Reflect::has(&forms, &category).unwrap(), "{language} has no form {category:?} for {n}");
        }
    }
}

#[wasm_bindgen_test]
fn kurdish_dates_and_ages_come_from_its_catalogue_where_the_browser_has_none() {
    let ckb = locale("ckb");
    let at = |text: &str| Timestamp::parse(text).unwrap();
    // A browser that knows the language writes its own.
    let options = &Object::new();
    if js_sys::Intl::DateTimeFormat::supported_locales_of(&Array::of1(&"ckb".into()), options).length() > 0 {
        return;
    }
    assert_eq!(ckb.number(12_345), "١٢٬٣٤٥");
    assert_eq!(ckb.date(at("2026-11-24")), "٢٤ی تشرینی دووەمی ٢٠٢٦");
    assert_eq!(ckb.date_time(at("2026-11-24T09:05")), "سێشەممە، ٢٤ی تشرینی دووەمی ٢٠٢٦، کاتژمێر ٩:٠٥");
    let now = at("2026-11-14T12:00:00Z");
    assert_eq!(ckb.ago(at("2026-11-14T11:59:30Z"), now), "ئێستا");
    assert_eq!(ckb.ago(at("2026-11-14T11:20:00Z"), now), "پێش ٤٠ خولەک");
    assert_eq!(ckb.ago(at("2026-11-14T10:30:00Z"), now), "پێش کاتژمێرێک");
    assert_eq!(ckb.ago(at("2021-11-01T10:30:00Z"), now), "پێش ٥ ساڵ");
}

#[wasm_bindgen_test]
fn dates_ages_and_digits_are_those_of_each_language() {
    let at = Timestamp::parse("2026-11-24").unwrap();
    let dates = ["ar", "ar-MA", "ar-EG", "fa", "ur", "he", "en", "fr", "tr"].map(|tag| locale(tag).date(at));
    assert_eq!(
        dates,
        [
            "٢٤ نوفمبر ٢٠٢٦",
            "24 نونبر 2026",
            "٢٤ نوفمبر ٢٠٢٦",
            "۳ آذر ۱۴۰۵",
            "24 نومبر، 2026",
            "24 בנובמבר 2026",
            "November 24, 2026",
            "24 novembre 2026",
            "24 Kasım 2026",
        ]
    );
}

#[wasm_bindgen_test]
fn nothing_at_all_may_have_words_of_its_own() {
    let en = locale("en");
    let count = |n| en.plural(&en.words.comment_count, n);
    assert_eq!([count(0), count(1), count(2)], ["No comments", "1 comment", "2 comments"]);
}

#[wasm_bindgen_test]
async fn the_words_of_a_host_stand_in_place_of_the_cards_own() {
    let endpoint = "https://t.example/own-words";
    answer_json(endpoint, 200, r#"{"comments":[],"total":0,"next":null}"#);
    let own = r#"{"send": "انشر رأيك", "comment_count": {"other": "{n} رأي"}}"#;
    let card = TestCard::new(&[("endpoint", endpoint), ("thread", "own-words"), ("words", own)], "<p>مقال</p>");
    card.until("the button", |c| c.text("button.send") == "انشر رأيك").await;
    assert_eq!(card.text(".talk h3 span"), "التعليقات", "what the host leaves alone stays");
    card.set("words", r#"{"send": "أرسل"}"#);
    card.until("other words", |c| c.text("button.send") == "أرسل").await;
    card.set("lang", "en");
    card.set("words", "");
    card.until("the card's own words", |c| c.text("button.send") == "Send comment").await;
}

#[wasm_bindgen_test]
async fn a_word_that_is_none_is_named_to_the_developer_and_the_others_hold() {
    let attributes = [("endpoint", "https://t.example/none"), ("words", r#"{"sned": "x", "comments_unset": "مغلقة"}"#)];
    let card = TestCard::new(&attributes, "<p>مقال</p>");
    card.until("the fault", |c| c.errors().iter().any(|error| error.contains("`sned`"))).await;
    assert_eq!(card.text(".note"), "إعداد غير صالح في هذه البطاقة: \u{2068}words\u{2069}");
}

#[wasm_bindgen_test]
fn a_phrase_that_a_catalogue_lacks_is_shown_by_its_key() {
    let words = js_sys::JSON::parse(r#"{"language": "xx", "send": "Go"}"#).unwrap();
    let catalogue = Catalogue::of_page(&words);
    assert_eq!((catalogue.send, catalogue.comments), ("Go", "comments"));
}
