//! The recipe for plain HTML, served as it is.

use maqal_e2e::browser::Browser;
use maqal_e2e::recipe::read_and_post;
use maqal_e2e::stage::Stage;
use serde_json::json;

const TITLE: &str = "مكتبة متنقّلة تصل إلى قرى الأطلس";

#[tokio::test]
async fn the_page_shows_its_article_as_a_card_and_the_list_counts_its_comments() {
    let stage = Stage::start().await;
    for name in ["index.html", "list.html"] {
        // A page without an icon of its own is asked for one. The script notes what the console says, for WebKit.
        let head =
            format!(r#"<head><link rel="icon" href="data:,"><script src="{}/heard.js"></script>"#, stage.cdn.origin());
        let page = stage.addresses().read(&format!("html/{name}")).replace("<head>", &head);
        stage.host.put(&format!("/{name}"), page);
    }
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/index.html")).await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, TITLE).await;
    assert_eq!(card.texts(".author").await, ["نادية الفاسي"]);
    assert_eq!(card.texts(".lead").await, ["حافلة قديمة صارت رفوفًا، وثلاثة متطوّعين، وطريق لا يعرف الإسفلت."]);
    assert_eq!(card.count(".body p").await, 2, "what stands in its own place is not said twice");
    let published = card.run("return $('.dates time')?.dateTime", vec![]).await;
    assert_eq!(published, json!("2026-10-20T00:00:00.000Z"));

    // The conversation is named by the page's canonical address, which is the link of the list.
    assert_eq!(stage.endpoint.stored(&stage.host.url("/a/42")).await.len(), 1);
    reader.open(&stage.host.url("/list.html")).await;
    let counts = "return [...document.querySelectorAll('maqal-count')].map((count) => count.textContent)";
    reader.until("both numbers are there", &format!("{counts}.every((text) => text !== 'تعليقات')")).await;
    assert_eq!(reader.run(counts, vec![]).await, json!(["تعليق واحد", "لا تعليقات"]));
    assert_eq!(reader.console().await, []);
}
