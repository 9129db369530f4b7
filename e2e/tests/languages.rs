//! The card in each of its languages: one catalogue is fetched, and words, digits and direction are that language's.

use maqal_e2e::browser::Browser;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

/// Each language: how a page names it, the catalogue that is fetched, the direction, the conversation's heading, and the
/// number of 12 comments as the card writes it.
const LANGUAGES: [(&str, &str, &str, &str, &str); 12] = [
    ("ar", "ar", "rtl", "التعليقات", "١٢"),
    ("ar-MA", "ar", "rtl", "التعليقات", "12"),
    ("ar-EG", "ar", "rtl", "التعليقات", "١٢"),
    ("fa", "fa", "rtl", "دیدگاه‌ها", "۱۲"),
    ("ur", "ur", "rtl", "تبصرے", "12"),
    ("he", "he", "rtl", "תגובות", "12"),
    ("ckb", "ckb", "rtl", "لێدوانەکان", "١٢"),
    ("en", "en", "ltr", "Comments", "12"),
    ("fr-CA", "fr", "ltr", "Commentaires", "12"),
    ("tr", "tr", "ltr", "Yorumlar", "12"),
    // No catalogue: Arabic words in a right-to-left language, English ones in any other.
    ("ps", "ar", "rtl", "التعليقات", "١٢"),
    ("de", "en", "ltr", "Comments", "12"),
];

/// The usual card, with `attributes` beside its own.
fn card_with(stage: &Stage, attributes: &str) -> String {
    let endpoint = stage.proxy.endpoint();
    let attributes = format!(r#"src="{ARTICLE}" endpoint="{endpoint}" thread="{THREAD}" {attributes}"#);
    stage.card(&attributes, "<h1>مقال</h1>")
}

/// The catalogues that the page has fetched, each as often as it was.
async fn fetched(reader: &Browser) -> Value {
    let script = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)
        .filter((path) => path.includes('/i18n/')).map((path) => path.split('/i18n/')[1])";
    reader.run(script, vec![]).await
}

/// What the card shows of its language: direction, tag, heading, number.
const SHOWN: &str = "const card = $('.card'); return [card.dir, card.lang, $('.talk h3 span')?.textContent,
    $('.talk h3 small')?.textContent, getComputedStyle(card).direction]";

#[tokio::test]
async fn each_language_has_its_words_digits_and_direction_and_one_catalogue_is_fetched() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 12).await;
    let reader = stage.reader().await;
    for (tag, catalogue, direction, heading, count) in LANGUAGES {
        let path = format!("/in-{tag}");
        stage.put_page(&path, &card_with(&stage, &format!(r#"lang="{tag}""#)));
        reader.open(&stage.host.url(&path)).await;
        let card = reader.card("maqal-card");
        card.until_with(
            "the number is there",
            "return $('.talk h3 small')?.textContent === args[0]",
            vec![json!(count)],
        )
        .await;
        let shown_tag = if tag.starts_with(catalogue) { tag } else { catalogue };
        assert_eq!(card.run(SHOWN, vec![]).await, json!([direction, shown_tag, heading, count, direction]), "in {tag}");
        let first = format!("first/{catalogue}.json");
        // What browsers do not know of Kurdish the whole card does.
        let expected = match catalogue {
            // Its words come with the card's script.
            "ar" => Vec::new(),
            "ckb" => vec![first, "ckb.json".to_owned()],
            _ => vec![first],
        };
        assert_eq!(fetched(&reader).await, json!(expected), "in {tag}");
    }
}

#[tokio::test]
async fn a_card_that_is_far_away_fetches_no_words_whatever_its_language_is_set_to() {
    let stage = Stage::start().await;
    let far = format!(r#"<p style="block-size: 9000px">بعيد</p>{}"#, card_with(&stage, r#"lang="fa""#));
    stage.put_page("/", &far);
    let reader = stage.reader().await;
    reader.until("the element is defined", "return Boolean(customElements.get('maqal-card'))").await;
    reader.run("document.querySelector('maqal-card').lang = 'tr'", vec![]).await;
    reader.run("document.querySelector('maqal-card').scrollIntoView()", vec![]).await;
    reader.card("maqal-card").until_text(".talk h3", "Yorumlar").await;
    assert_eq!(fetched(&reader).await, json!(["first/tr.json"]), "Persian words were never needed");
}

#[tokio::test]
async fn the_card_takes_the_language_of_the_page_around_it_and_follows_it() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    let card = card_with(&stage, "");
    stage.put_page("/", &format!(r#"<main lang="en">{card}</main><aside lang="ar"></aside>"#));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".talk h3", "Comments").await;
    card.write("هند", "نصّ لم يُرسل بعد").await;
    card.run("document.querySelector('aside').append(host)", vec![]).await;
    card.until_text(".talk h3", "التعليقات").await;
    assert_eq!(card.value("#body").await, "نصّ لم يُرسل بعد", "what was typed stays");
    assert_eq!(fetched(&reader).await, json!(["first/en.json", "en.json", "ar.json"]));
}

#[tokio::test]
async fn words_that_cannot_be_had_leave_the_card_in_the_language_it_has_and_are_fetched_again_later() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text(".talk h3", "التعليقات").await;
    stage.cdn.shut().await;
    card.run("host.lang = 'en'", vec![]).await;
    let told = "return heard.some((event) => event.type === 'maqal:error' && event.detail.code === 'load')";
    reader.until("the page is told", told).await;
    assert_eq!(card.run(SHOWN, vec![]).await[1], json!("ar"));
    stage.cdn.open().await;
    reader.run("dispatchEvent(new Event('online'))", vec![]).await;
    card.until_text(".talk h3", "Comments").await;
}

#[tokio::test]
async fn a_host_page_sets_words_of_its_own_as_a_property_or_in_the_markup() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    stage.put_page("/", &card_with(&stage, r#"words='{"send": "انشر رأيك"}'"#));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_text("button.send", "انشر رأيك").await;
    card.run("host.words = { send: 'علّق', comment_count: { few: '{n} آراء', other: '{n} رأيًا' } }", vec![]).await;
    card.until_text("button.send", "علّق").await;
    card.until_text(".talk h3 .sr", "٣ آراء").await;
    card.run("host.words = null", vec![]).await;
    card.until_text("button.send", "إرسال تعليق").await;
    assert_eq!(reader.heard_of("maqal:error").await, [json!(null); 0]);
}
