//! `<maqal-count>`: how many comments each article of a list has, asked for at once.

use http::Method;
use maqal_e2e::browser::Browser;
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::json;

/// The texts of the elements on the page.
async fn texts(reader: &Browser) -> Vec<String> {
    let texts =
        reader.run("return [...document.querySelectorAll('maqal-count')].map((e) => e.textContent)", vec![]).await;
    texts.as_array().into_iter().flatten().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

async fn until(reader: &Browser, expected: &[&str]) {
    let wanted = json!(expected);
    let texts = "JSON.stringify([...document.querySelectorAll('maqal-count')].map((e) => e.textContent))";
    reader.until("the counts", &format!("return {texts} === JSON.stringify({wanted})")).await;
}

#[tokio::test]
async fn all_counts_of_a_page_are_one_request_and_no_webassembly() {
    let stage = Stage::start().await;
    stage.endpoint.fill("one", 1).await;
    stage.endpoint.fill(&stage.host.url("/a/3"), 3).await;
    stage.endpoint.fill("eleven", 11).await;
    let list = format!(
        r##"<ul endpoint="{}">
<li><a href="/a/1">أول</a> <maqal-count thread="none">تعليقات</maqal-count></li>
<li><a href="/a/2">ثانٍ</a> <maqal-count thread="one"></maqal-count></li>
<li><a href="/a/3#maqal-comments">ثالث <maqal-count></maqal-count></a></li>
<li><maqal-count thread="eleven"></maqal-count></li>
<li lang="en"><maqal-count thread="eleven"></maqal-count></li>
<li><maqal-count thread="eleven" many="{{n}} رأيًا"></maqal-count></li>
</ul>"##,
        stage.proxy.endpoint()
    );
    stage.put_page("/list", &list);
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/list")).await;
    until(&reader, &["لا تعليقات", "تعليق واحد", "٣ تعليقات", "١١ تعليقًا", "11 comments", "١١ رأيًا"]).await;
    let asked = stage.proxy.recorded(&Method::GET);
    assert_eq!(asked.len(), 1, "{asked:?}");
    let loaded =
        reader.run("return performance.getEntriesByType('resource').map((e) => e.name).join(' ')", vec![]).await;
    assert!(!loaded.as_str().unwrap_or_default().contains(".wasm"), "{loaded}");
}

#[tokio::test]
async fn a_count_that_cannot_be_had_leaves_what_stands_there_and_comes_when_the_network_is_back() {
    let stage = Stage::start().await;
    stage.endpoint.fill("one", 1).await;
    let list = format!(
        r#"<maqal-count thread="one" endpoint="{}">تعليقات</maqal-count><maqal-count thread="one">لا عنوان</maqal-count>"#,
        stage.proxy.endpoint()
    );
    stage.put_page("/list", &list);
    stage.proxy.fail(Fault::Refused).await;
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/list")).await;
    reader.until("the errors", "return heard.filter((e) => e.detail?.code === 'count').length === 2").await;
    assert_eq!(texts(&reader).await, ["تعليقات", "لا عنوان"]);
    stage.proxy.heal().await;
    reader.run("dispatchEvent(new Event('online'))", vec![]).await;
    until(&reader, &["تعليق واحد", "لا عنوان"]).await;
}

#[tokio::test]
async fn a_card_on_the_same_page_keeps_the_count_true() {
    let stage = Stage::start().await;
    let count = format!(r#"<maqal-count thread="{THREAD}" endpoint="{}"></maqal-count>"#, stage.proxy.endpoint());
    stage.put_page("/both", &(count + &stage.usual_card()));
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/both")).await;
    until(&reader, &["لا تعليقات"]).await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post("سلمى", "أول تعليق").await;
    card.until_comments(1).await;
    until(&reader, &["تعليق واحد"]).await;
}
