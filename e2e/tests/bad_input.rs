//! Wrong attributes, sources that are no article, and what a reader cannot send: each gets a clear sentence in the
//! card and a developer's message on the console, and the article stays readable.

use http::Method;
use maqal_contract::limits::{BODY_MAX_CHARS, NAME_MAX_CHARS, THREAD_MAX_BYTES};
use maqal_e2e::article::{self, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::{Value, json};

const NAME: &str = "كريم";
const BODY: &str = "تعليق قصير";

/// The card's attributes: those of the usual card, with one in another way (`Some`) or not at all (`None`).
fn attributes(stage: &Stage, name: &str, value: Option<&str>) -> String {
    let endpoint = stage.proxy.endpoint();
    let mut all = vec![("src", Some(ARTICLE)), ("endpoint", Some(endpoint.as_str())), ("thread", Some(THREAD))];
    all.retain(|(known, _)| *known != name);
    all.push((name, value));
    let escape = |value: &str| value.replace('&', "&amp;").replace('"', "&quot;");
    let given = all.iter().filter_map(|(name, value)| value.map(|value| format!("{name}=\"{}\" ", escape(value))));
    given.collect()
}

/// Opens a page with a card of these attributes; a page of its own for each, whatever the browser has cached.
async fn open(stage: &Stage, reader: &Browser, path: &str, attributes: &str) {
    stage.put_page(path, &stage.card(attributes, &article::light_dom()));
    reader.open(&stage.host.url(path)).await;
}

/// The article is on show: the card's own, or the element's children.
async fn assert_readable(card: Card<'_>, case: &str) {
    let script =
        "const title = $('.title') ?? host.querySelector('h1'), body = $('.body p') ?? host.querySelector('p');
        return shown(title) && shown(body) && title.innerText === args[0] && body.innerText === args[1]";
    card.until_with(&format!("the article can be read: {case}"), script, vec![json!(TITLE), json!(PARAGRAPHS[0])])
        .await;
}

/// The one `maqal:error` so far, and its message on the console.
async fn the_error(reader: &Browser, case: &str) -> Value {
    let told = reader.heard_of("maqal:error").await;
    assert_eq!(told.len(), 1, "{case}: {told:?}");
    let message = told[0]["message"].as_str().unwrap_or_default().to_owned();
    let console = reader.console().await;
    let there = console.iter().any(|line| line.level == "SEVERE" && line.says(&message));
    assert!(!message.is_empty() && there, "{case}: the console does not say {message}: {console:#?}");
    told[0].clone()
}

#[tokio::test]
async fn each_wrong_attribute_is_named_to_the_reader_and_to_the_developer() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let long = "ط".repeat(THREAD_MAX_BYTES / 2 + 1);
    let (missing, wrong) = ("إعداد ناقص في هذه البطاقة:", "إعداد غير صالح في هذه البطاقة:");
    for (number, (attribute, value, sentence)) in [
        ("src", Some(""), missing),
        ("src", Some("  "), missing),
        ("src", Some("http://[not-a-url"), wrong),
        ("src", Some("javascript:alert(1)"), wrong),
        ("src", Some("data:text/plain,x"), wrong),
        ("src", Some("ftp://news.example/42.json"), wrong),
        ("src", Some("file:///etc/passwd"), wrong),
        ("endpoint", None, missing),
        ("endpoint", Some(""), missing),
        ("endpoint", Some("http://[not-a-url"), wrong),
        ("endpoint", Some("ws://talk.example/"), wrong),
        ("endpoint", Some("javascript:alert(1)"), wrong),
        ("thread", Some(""), missing),
        ("thread", Some(" \u{a0} "), missing),
        ("thread", Some("\u{202E}\u{200F}\u{2066}"), wrong),
        ("thread", Some(long.as_str()), wrong),
        ("lang", Some("عربي"), wrong),
        ("lang", Some("ar_MA_!!"), wrong),
        ("theme", Some("blue"), wrong),
        ("theme", Some("DARK MODE"), wrong),
    ]
    .into_iter()
    .enumerate()
    {
        let shown: String = value.unwrap_or("(missing)").chars().take(40).collect();
        let case = format!("{attribute}={shown:?}");
        open(&stage, &reader, &format!("/{number}"), &attributes(&stage, attribute, value)).await;
        let card = reader.card("maqal-card");
        card.until_text(".note[role=alert]", sentence).await;
        let notes = card.texts(".note").await;
        assert_eq!(notes.len(), 1, "{case}: {notes:?}");
        assert!(notes[0].contains(attribute), "{case}: {notes:?}");
        assert_readable(card, &case).await;
        let error = the_error(&reader, &case).await;
        assert_eq!((&error["code"], &error["attribute"]), (&json!("attribute"), &json!(attribute)), "{case}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(&format!("`{attribute}`")), "{case}: {message}");
        // The rest of the card does its work; without endpoint or thread there is no conversation to have.
        if ["src", "lang", "theme"].contains(&attribute) {
            card.until_empty().await;
        } else {
            card.until_text(".closed", "التعليقات غير متاحة في هذه البطاقة.").await;
            assert_eq!(card.count(".composer").await, 0, "{case}: what would be typed could not be sent");
        }
        let asked = reader.run("return document.querySelector('maqal-card').shadowRoot.activeElement", vec![]).await;
        assert_eq!(asked, Value::Null, "{case}: the reader's focus is left alone");
    }
}

#[tokio::test]
async fn several_wrong_attributes_are_all_named_and_each_goes_when_it_is_mended() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    open(&stage, &reader, "/", r#"src="" endpoint="nowhere://x" thread="" lang="!" theme="blue""#).await;
    let card = reader.card("maqal-card");
    for name in ["src", "endpoint", "thread", "lang", "theme"] {
        card.until_text(".note", name).await;
    }
    assert_eq!(card.count(".note").await, 5);
    assert_eq!(reader.heard_of("maqal:error").await.len(), 5);
    assert_readable(card, "all wrong").await;
    let mended = [("theme", "dark"), ("lang", "ar"), ("src", ARTICLE), ("thread", THREAD)];
    for (left, (name, value)) in mended.into_iter().enumerate() {
        card.run("host.setAttribute(args[0], args[1])", vec![json!(name), json!(value)]).await;
        card.until_with("its notice is gone", "return $$('.note').length === args[0]", vec![json!(4 - left)]).await;
    }
    card.run("host.endpoint = args[0]", vec![json!(stage.proxy.endpoint())]).await;
    card.until_empty().await;
    assert_eq!(card.texts(".note").await, [""; 0]);
    card.until_text(".title", TITLE).await;
}

#[tokio::test]
async fn an_empty_lang_means_unknown_as_in_html_and_is_no_error() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    open(&stage, &reader, "/", &attributes(&stage, "lang", Some(""))).await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    assert_eq!(card.texts(".note").await, [""; 0]);
    assert_eq!(reader.heard_of("maqal:error").await, [Value::Null; 0]);
}

#[tokio::test]
async fn a_card_with_neither_src_nor_children_says_that_src_is_missing() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    stage.put_page("/", &stage.card(&attributes(&stage, "src", None), ""));
    reader.open(&stage.host.url("/")).await;
    let card = reader.card("maqal-card");
    card.until_text(".note[role=alert]", "لا مقال في هذه البطاقة.").await;
    let error = the_error(&reader, "no src").await;
    assert_eq!((&error["code"], &error["attribute"]), (&json!("attribute"), &json!("src")));
    card.until_empty().await;
}

/// Puts what `src` answers with at `/source`, opens a card of it, and checks that the reader has an article, a
/// sentence and a button, and the developer the cause.
async fn no_article(stage: &Stage, reader: &Browser, case: &str, src: &str, sentence: &str, cause: &str) {
    let path = format!("/{}", case.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    open(stage, reader, &path, &attributes(stage, "src", Some(src))).await;
    let card = reader.card("maqal-card");
    card.until_text(".note[role=alert]", &format!("تعذّر تحميل المقال. {sentence}")).await;
    assert_eq!(card.texts(".note button").await, ["أعد المحاولة"], "{case}");
    assert_readable(card, case).await;
    let error = the_error(reader, case).await;
    assert_eq!(error["code"], "article", "{case}");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains(cause), "{case}: {message}");
    assert!(message.contains(src.trim_start_matches('/')), "{case}: the message names the address: {message}");
    card.until_empty().await;
}

#[tokio::test]
async fn a_source_that_cannot_be_had_leaves_the_childrens_article_on_show() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let nothing_there = maqal_e2e::host::Host::start().await;
    let closed = format!("{}/42.json", nothing_there.origin());
    drop(nothing_there);
    // The same server by another name is another origin, and sends no CORS headers.
    let foreign = stage.host.url(ARTICLE).replace("127.0.0.1", "localhost");
    stage.host.put_with("/broken.json", 500, "text/plain", &[], "oops");
    stage.host.put_with("/gateway.json", 502, "text/html", &[], "<h1>Bad gateway</h1>");
    stage.host.put_with("/private.json", 403, "text/html", &[], "<h1>Forbidden</h1>");
    let unreachable = "لا يمكن الوصول إلى الخادم.";
    for (case, src, sentence, cause) in [
        ("closed port", closed.as_str(), unreachable, "no answer from"),
        ("foreign without CORS", &foreign, unreachable, "Access-Control-Allow-Origin"),
        ("404", "/no-such-thing.json", "لا مقال في هذا العنوان.", "404"),
        ("403", "/private.json", "الخادم لا يسمح بذلك من هذه الصفحة (٤٠٣).", "403"),
        ("500", "/broken.json", "في الخادم عطل (٥٠٠).", "500"),
        ("502", "/gateway.json", "الخادم متوقف الآن (٥٠٢).", "502"),
    ] {
        no_article(&stage, &reader, case, src, sentence, cause).await;
    }
}

#[tokio::test]
async fn a_source_that_is_no_article_leaves_the_childrens_article_on_show() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let unreadable = "ما وصل من العنوان ليس مقالًا يمكن عرضه.";
    let mut no_body = article::json_ld();
    no_body.as_object_mut().unwrap().remove("articleBody");
    let huge = "كلمة ".repeat(600_000);
    for (case, content_type, body, cause) in [
        ("html page", "text/html", "<!doctype html><title>x</title><p>صفحة</p>".to_owned(), "HTML"),
        ("html as text", "text/plain", "<!doctype html><html><body><p>صفحة</p></body></html>".to_owned(), "HTML"),
        ("empty text", "text/plain", String::new(), "empty"),
        ("blank text", "text/plain", " \r\n\u{200F}\u{FEFF}\u{a0}\n".to_owned(), "empty"),
        ("other json", "application/json", r#"{"ok":true,"items":[1,2]}"#.to_owned(), "ok"),
        ("a recipe", "application/ld+json", r#"{"@type":"Recipe","name":"طاجين"}"#.to_owned(), "Recipe"),
        ("no articleBody", "application/ld+json", no_body.to_string(), "articleBody"),
        ("broken json", "application/json", r#"{"@type":"NewsArticle","#.to_owned(), "line 1"),
        ("image", "image/png", "\u{FFFD}PNG\0\0\0".to_owned(), "image/png"),
        ("binary as text", "text/plain", "\0\0\u{1}\u{2}ELF\0".to_owned(), "text"),
        ("5 MB", "text/plain", huge, "bytes"),
    ] {
        let src = format!("/source-{}", case.replace(' ', "-"));
        stage.host.put_with(&src, 200, content_type, &[], body);
        no_article(&stage, &reader, case, &src, unreadable, cause).await;
    }
}

#[tokio::test]
async fn an_article_that_comes_at_the_second_attempt_takes_its_place() {
    let stage = Stage::start().await;
    stage.host.put_with("/late.json", 502, "text/html", &[], "<h1>Bad gateway</h1>");
    let reader = Browser::start().await;
    open(&stage, &reader, "/", &attributes(&stage, "src", Some("/late.json"))).await;
    let card = reader.card("maqal-card");
    card.until_text(".note", "تعذّر تحميل المقال.").await;
    card.until_empty().await;
    card.write(NAME, BODY).await;
    stage.host.put("/late.json", article::json_ld().to_string());
    card.press(".note button").await;
    card.until_text(".title", TITLE).await;
    card.until("what was typed is still there", "return Boolean($('#body')?.value)").await;
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), BODY.into()));
    assert_eq!(card.texts(".note").await, [""; 0]);
}

#[tokio::test]
async fn a_json_article_of_hostile_strings_is_shown_as_text() {
    let stage = Stage::start().await;
    let mut hostile = article::json_ld();
    let markup = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>عنوان";
    hostile["headline"] = json!(markup);
    hostile["author"] = json!({ "@type": "Person", "name": "كاتب\u{202E}", "url": "javascript:window.pwned=1" });
    hostile["image"] = json!("javascript:window.pwned=1");
    stage.host.put("/hostile.json", hostile.to_string());
    let reader = Browser::start().await;
    open(&stage, &reader, "/", &attributes(&stage, "src", Some("/hostile.json"))).await;
    let card = reader.card("maqal-card");
    card.until_text(".title", "عنوان").await;
    let harmless = "return !window.pwned && !$('script, [onerror], [href^=javascript], [src^=javascript]')";
    assert_eq!(card.run(harmless, vec![]).await, json!(true));
    card.until_text(".byline, .by", "كاتب").await;
}

#[tokio::test]
async fn a_comment_of_hostile_markup_does_nothing() {
    let stage = Stage::start().await;
    let bodies = [
        "<script>window.pwned=1</script> مرحبا",
        "<img src=x onerror=window.pwned=1> مرحبا",
        "[رابط](javascript:window.pwned=1) مرحبا",
        "<style>*{display:none}</style> مرحبا",
        "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe> مرحبا",
    ];
    for (number, body) in bodies.iter().enumerate() {
        let name = format!("<b>قارئ</b>\u{202E} {number}");
        stage.endpoint.post(THREAD, &name, body, &format!("hostile-comment-key-{number}")).await;
    }
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_comments(bodies.len()).await;
    let harmless = "return !window.pwned && !$('script, style, iframe, .comment img, [onerror], .comment b:not(.name), [href^=javascript]')";
    assert_eq!(card.run(harmless, vec![]).await, json!(true));
    let said = card.texts(".comment .say").await;
    assert!(said.iter().all(|say| say.contains("مرحبا")), "{said:?}");
    let names = card.texts(".comment .name").await;
    assert!(names.iter().all(|name| name.starts_with("<b>قارئ</b>") && !name.contains('\u{202E}')), "{names:?}");
}

#[tokio::test]
async fn an_empty_comment_is_not_sent_and_the_fields_say_what_they_want() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.press("button.send").await;
    card.until_text("#name-error", "اكتب اسمك.").await;
    card.until_text("#body-error", "اكتب تعليقك أولًا.").await;
    assert_eq!(
        card.run("return [$('#name').ariaInvalid, $('#body').ariaInvalid]", vec![]).await,
        json!(["true", "true"])
    );
    assert_eq!(card.run("return root.activeElement?.id", vec![]).await, json!("name"), "the first one has the focus");

    card.type_into("#name", NAME).await;
    assert_eq!(card.texts("#name-error").await, [""]);
    card.press("button.send").await;
    assert_eq!(card.run("return root.activeElement?.id", vec![]).await, json!("body"));
    assert_eq!(card.value("#name").await, NAME);
    card.type_into("#body", BODY).await;
    card.press("button.send").await;
    card.until_comments(1).await;
    assert_eq!(stage.proxy.recorded(&Method::POST).len(), 1);
}

#[tokio::test]
async fn a_name_or_a_text_that_nobody_can_see_is_refused_with_the_reason() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.press("#name").await;
    reader.insert("\u{202E}\u{2066}\u{200F}").await;
    card.press("#body").await;
    reader.insert("\u{200B}\u{FEFF} \u{3164}").await;
    card.press("button.send").await;
    card.until_text("#name-error", "اكتب اسمًا يُرى").await;
    card.until_text("#body-error", "اكتب تعليقًا يُرى").await;

    let long = "ن".repeat(NAME_MAX_CHARS + 1);
    let field = card.find("#name").await;
    field.clear().await.unwrap();
    card.press("#name").await;
    reader.insert(&long).await;
    card.type_into("#body", BODY).await;
    card.press("button.send").await;
    card.until_text("#name-error", "الاسم أطول من ٦٠ حرفًا.").await;
    assert_eq!(card.value("#name").await, long, "what was typed stays to be shortened");
    assert_eq!(stage.proxy.recorded(&Method::POST).len(), 0);
}

#[tokio::test]
async fn a_megabyte_that_is_pasted_stays_in_its_field_with_the_reason_and_outlives_a_reload() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.type_into("#name", NAME).await;
    card.press("#body").await;
    let pasted = "كلمة وراء كلمة ".repeat((1 << 20) / "كلمة وراء كلمة ".len());
    reader.insert(&pasted).await;
    let over = pasted.trim().chars().count() - BODY_MAX_CHARS;
    card.press("button.send").await;
    card.until_text("#body-error", "التعليق أطول من الحدّ، وهو ١٠٬٠٠٠ حرف.").await;
    let is_there = "return $('#body').value === args[0]";
    assert_eq!(card.run(is_there, vec![json!(pasted)]).await, json!(true));
    card.until_text("#body-count", "زاد النص").await;
    assert!(over > 0 && stage.proxy.recorded(&Method::POST).is_empty());

    reader.reload().await;
    card.until_empty().await;
    assert_eq!(card.run(is_there, vec![json!(pasted)]).await, json!(true));
    // Cut down to what is taken, it is sent.
    let cut: String = pasted.chars().take(BODY_MAX_CHARS).collect();
    card.press("#body").await;
    card.run("$('#body').select()", vec![]).await;
    reader.insert(&cut).await;
    card.press("button.send").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await[0].body, cut.trim());
}
