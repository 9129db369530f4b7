//! A reader whom the host page knows, and who a reader is otherwise: name, addresses, what the device remembers.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use support::{TestCard, answer, answer_json, clear_storage, comment, page, seen, settle};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// {"sub":"7","name":"سلمى العلوي","badge":"staff","exp":32503680000}
const TOKEN: &str =
    "e30.eyJzdWIiOiI3IiwibmFtZSI6Itiz2YTZhdmJINin2YTYudmE2YjZiiIsImJhZGdlIjoic3RhZmYiLCJleHAiOjMyNTAzNjgwMDAwfQ.c2ln";

/// {"sub":"7","name":"سلمى","exp":1}
const EXPIRED: &str = "e30.eyJzdWIiOiI3IiwibmFtZSI6Itiz2YTZhdmJIiwiZXhwIjoxfQ.c2ln";

async fn open(name: &str, asks: &[(&str, &str)]) -> TestCard {
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&[], 0, None));
    let endpoint = format!("https://t.example/{name}");
    let mut attributes = vec![("endpoint", endpoint.as_str()), ("thread", "t")];
    attributes.extend(asks);
    let card = TestCard::new(&attributes, "<h1>عنوان</h1><p>نصّ.</p>");
    card.until("the composer", |c| c.count(".empty") == 1).await;
    card
}

fn identify(card: &TestCard, token: Option<&str>) {
    card.card.as_ref().unwrap().set_identity(token.map(str::to_owned));
}

#[wasm_bindgen_test]
async fn a_reader_whom_the_host_knows_writes_under_that_name_and_is_asked_for_none() {
    clear_storage();
    let card = open("known", &[("email", "required")]).await;
    card.write("ياسين", "نصّ بدأته");
    identify(&card, Some(TOKEN));
    card.until("the name", |c| c.text(".vouched").contains("سلمى العلوي")).await;
    assert_eq!((card.count("#name"), card.count("#email")), (0, 0));
    assert!(card.text(".vouched .tag").len() > 1, "the badge");
    assert_eq!(card.body_field().value(), "نصّ بدأته", "what is written stays");
    answer_json("POST https://t.example/known", 201, &comment("1", "سلمى العلوي", "نصّ بدأته"));
    card.send();
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    let sent = seen("POST https://t.example/known");
    assert!(sent[0].contains(r#""name":"سلمى العلوي""#) && !sent[0].contains("email"), "{}", sent[0]);

    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let kept: Vec<_> = (0..storage.length().unwrap())
        .filter_map(|index| storage.get_item(&storage.key(index).unwrap()?).unwrap())
        .collect();
    assert!(kept.iter().all(|value| !value.contains("e30.")), "a token is not kept: {kept:?}");

    identify(&card, None);
    card.until("the fields are back", |c| c.count("#name") == 1 && c.count("#email") == 1).await;
    assert_eq!(card.name_field().value(), "ياسين");
}

#[wasm_bindgen_test]
async fn a_token_that_cannot_be_used_is_told_and_the_reader_may_write_under_another_name() {
    clear_storage();
    let card = open("unreadable", &[]).await;
    for (token, sentence) in [("nonsense", "لم يُفهم"), (EXPIRED, "انتهت مدّة دخولك")] {
        identify(&card, Some(token));
        card.until("the sentence", |c| c.text(".composer .note").contains(sentence)).await;
        assert_eq!(card.count("#name"), 1);
    }
    let errors = card.errors();
    assert_eq!(errors.iter().filter(|e| e.contains(r#""code":"identity""#)).count(), 2, "{errors:?}");
    identify(&card, Some(TOKEN));
    card.until("a good one", |c| c.count(".vouched") == 1 && c.count(".composer .note") == 0).await;
}

#[wasm_bindgen_test]
async fn each_refusal_of_who_the_reader_is_has_its_sentence() {
    clear_storage();
    let card = open("refused", &[]).await;
    for (kind, sentence) in [
        ("identity-required", "الكتابة هنا لمن سجّل الدخول"),
        ("identity-invalid", "لم يقبل خادم التعليقات حسابك"),
        ("identity-expired", "انتهت مدّة دخولك"),
    ] {
        let problem = format!(r#"{{"type":"urn:maqal:problem:{kind}","status":401}}"#);
        answer("POST https://t.example/refused", 401, "application/problem+json", &problem);
        card.write("ياسين", kind);
        card.send();
        card.until(kind, |c| c.texts(".pending .note").iter().any(|note| note.contains(sentence))).await;
    }
}

#[wasm_bindgen_test]
async fn an_email_address_and_a_website_are_asked_for_as_the_host_sets_it() {
    clear_storage();
    let card = open("asks", &[("email", "required"), ("website", "optional")]).await;
    let attribute = |selector: &str, name: &str| card.get(selector).get_attribute(name).unwrap_or_default();
    assert_eq!(
        ["type", "autocomplete", "inputmode", "dir"].map(|name| attribute("#email", name)),
        ["email", "email", "email", "ltr"]
    );
    assert_eq!(["autocomplete", "inputmode", "dir"].map(|name| attribute("#website", name)), ["url", "url", "ltr"]);
    assert!(card.text("label[for=email]").contains("لا يُنشر"));
    assert!(card.text("label[for=website]").contains("اختياري"));

    card.type_into("#website", "not a site");
    card.write("", "نصّي");
    card.send();
    card.until("all three sentences", |c| {
        c.text("#name-error") == "اكتب اسمك."
            && c.text("#email-error") == "اكتب بريدك الإلكتروني."
            && c.text("#website-error").contains("ليس عنوان موقع")
    })
    .await;
    assert!(attribute("#website", "aria-describedby").contains("website-error"));
    assert_eq!(card.focused().unwrap().id(), "name", "the keyboard is at the first of them");

    answer_json("POST https://t.example/asks", 201, &comment("1", "ياسين", "نصّي"));
    card.type_into("#email", "yasin@news.example");
    card.type_into("#website", "yasin.example");
    card.write("ياسين", "نصّي");
    card.send();
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    let sent = seen("POST https://t.example/asks");
    assert!(sent[0].contains(r#""email":"yasin@news.example","website":"https://yasin.example""#), "{}", sent[0]);
}

#[wasm_bindgen_test]
async fn what_is_remembered_serves_every_conversation_of_the_endpoint_and_what_is_not_is_forgotten_once_sent() {
    clear_storage();
    let card = open("remember", &[("email", "optional")]).await;
    card.type_into("#email", "yasin@news.example");
    card.write("ياسين", "نصّي");
    drop(card);
    let other = TestCard::new(
        &[("endpoint", "https://t.example/remember"), ("thread", "another"), ("email", "optional")],
        "<h1>عنوان</h1><p>نصّ.</p>",
    );
    other.until("the name", |c| c.find("#name").is_some() && c.name_field().value() == "ياسين").await;
    assert_eq!(other.body_field().value(), "", "a draft belongs to its conversation");
    drop(other);

    let card = open("remember", &[("email", "optional")]).await;
    card.body_field().focus().unwrap();
    card.until("the box", |c| c.count(".remember input") == 1).await;
    card.click(".remember input");
    settle().await;
    drop(card);
    let card = open("remember", &[("email", "optional")]).await;
    assert_eq!(card.name_field().value(), "ياسين", "until it is sent it outlives a reload");
    answer_json("POST https://t.example/remember", 201, &comment("1", "ياسين", "نصّي"));
    card.send();
    card.until("it is forgotten", |c| c.name_field().value().is_empty()).await;
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
    drop(card);
    let card = open("remember", &[("email", "optional")]).await;
    assert_eq!(card.name_field().value(), "");
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let kept = storage.get_item("maqal:author:https://t.example/remember").unwrap().unwrap();
    assert!(!kept.contains("yasin"), "{kept}");
}

#[wasm_bindgen_test]
async fn the_name_beside_a_draft_of_an_earlier_version_is_still_there() {
    clear_storage();
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item("maqal:draft:https://t.example/old t:", r#"{"name":"ياسين","body":"مسودّة"}"#).unwrap();
    let card = open("old", &[]).await;
    assert_eq!((card.name_field().value(), card.body_field().value()), ("ياسين".into(), "مسودّة".into()));
    card.write("ياسين", "مسودّة أطول");
    drop(card);
    let card = open("old", &[]).await;
    assert_eq!((card.name_field().value(), card.body_field().value()), ("ياسين".into(), "مسودّة أطول".into()));
}
