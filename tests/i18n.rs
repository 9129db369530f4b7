//! Words, numbers, plurals and dates in the card's language, by the browser's `Intl`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use maqal::i18n::{LanguageTag, Locale, Timestamp};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn locale(tag: &str) -> Locale {
    Locale::new(&LanguageTag::parse(tag).unwrap())
}

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
fn a_language_without_a_catalogue_reads_words_and_digits_of_one_language() {
    assert_eq!((locale("fa").words.send, locale("fa").tag()), ("إرسال تعليق", "ar"));
    assert_eq!((locale("de").words.send, locale("de").tag()), ("Send comment", "en"));
}
