//! The recipe for Blogger. Blogger itself runs nowhere but at its maker: here the theme's piece is parsed as the XML that it has
//! to be, its `data:` and `expr:` are put in by the few rules that it uses, and the feed is one as Blogger sends it.

use maqal_e2e::article::{AUTHOR, PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::recipe::{read_and_post, snippet};
use maqal_e2e::stage::Stage;
use serde_json::{Value, json};

/// What breaks out of markup that is not escaped.
const HOSTILE: &str = "«نقاش» \"'`]]></script><script>window.broken = 1</script> &amp; <b>";

/// A post in the JSON of Blogger's feeds, where each text is in `$t`.
fn entry(stage: &Stage) -> Value {
    let body: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    json!({
        "id": { "$t": "tag:blogger.com,1999:blog-7.post-42" },
        "published": { "$t": "2026-10-20T09:30:00.000+01:00" },
        "updated": { "$t": "2026-10-20T09:30:00.000+01:00" },
        "title": { "type": "text", "$t": TITLE },
        "content": { "type": "html", "$t": body },
        "link": [{ "rel": "alternate", "type": "text/html", "href": stage.host.url("/2026/10/maktaba.html"), "title": TITLE }],
        "author": [{ "name": { "$t": AUTHOR }, "uri": { "$t": "https://www.blogger.com/profile/1" } }],
    })
}

/// Puts the data of a post into a piece of a theme, and gives HTML. An `expr:` is a sum of strings and data; all other data
/// is text, but for the body, which is HTML. What it does not know is an error.
const SUBSTITUTE: &str = r#"const [piece, data] = arguments;
const NAMES = ['b', 'data', 'expr'].map((prefix) => `xmlns:${prefix}="http://www.google.com/2005/gml/${prefix}"`).join(' ');
const xml = new DOMParser().parseFromString(`<html ${NAMES}>${piece}</html>`, 'application/xml');
const broken = xml.querySelector('parsererror');
if (broken) throw new Error(broken.textContent);
const value = (name) => {
  if (!(name in data)) throw new Error(`no ${name}`);
  return data[name];
};
const evaluate = (sum) => sum.split(' + ').map((part) => (part.startsWith('"') ? JSON.parse(part) : value(part))).join('');
const grow = (node, into) => {
  if (node.nodeType === Node.TEXT_NODE) return into.append(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
  if (node.prefix === 'data') {
    const name = `data:${node.localName}`;
    if (name === 'data:post.body') into.insertAdjacentHTML('beforeend', value(name));
    else into.append(value(name));
    return undefined;
  }
  let made = into;
  if (node.nodeName !== 'b:includable') {
    if (node.prefix) throw new Error(`no ${node.nodeName}`);
    made = document.createElement(node.localName);
    for (const { prefix, localName, value: text } of node.attributes) made.setAttribute(localName, prefix === 'expr' ? evaluate(text) : text);
    into.append(made);
  }
  for (const child of node.childNodes) grow(child, made);
  return undefined;
};
const page = document.createElement('div');
for (const child of xml.documentElement.childNodes) grow(child, page);
return page.innerHTML"#;

fn page(head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>مدوّنة</title><link rel="icon" href="data:,">{head}</head><body>{body}"#
    )
}

#[tokio::test]
async fn the_theme_shows_a_post_as_a_card_and_the_gadget_the_newest_one() {
    let stage = Stage::start().await;
    let address = stage.host.url("/2026/10/maktaba.html");
    stage.host.put_with(
        "/feeds/posts/default/42",
        200,
        "application/json; charset=UTF-8",
        &[],
        json!({ "version": "1.0", "encoding": "UTF-8", "entry": entry(&stage) }).to_string(),
    );
    let feed = json!({ "version": "1.0", "encoding": "UTF-8", "feed": { "title": { "$t": "مدوّنة" }, "entry": [entry(&stage)] } });
    stage.host.put_with("/feeds/posts/default", 200, "application/json; charset=UTF-8", &[], feed.to_string());
    stage.host.put("/workshop.html", page("", ""));
    let reader = Browser::start().await;
    reader.open(&stage.host.url("/workshop.html")).await;
    let data = json!({
        "data:blog.homepageUrl": stage.host.url("/"), "data:blog.locale.language": "ar", "data:post.id": "42", "data:post.url": address,
        "data:post.title": HOSTILE, "data:post.author.name": AUTHOR, "data:post.date": "٢٠ أكتوبر ٢٠٢٦",
        "data:post.date.iso8601": "2026-10-20T09:30:00+01:00", "data:post.body": "<p>نصّ الصفحة</p>",
    });
    let head =
        reader.run(SUBSTITUTE, vec![json!(stage.addresses().read("blogger/theme-head.xml")), data.clone()]).await;
    let post = reader.run(SUBSTITUTE, vec![json!(stage.addresses().read("blogger/theme-post.xml")), data]).await;
    stage.host.put("/2026/10/maktaba.html", page(head.as_str().unwrap_or_default(), post.as_str().unwrap_or_default()));

    reader.open(&address).await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, TITLE).await;
    assert_eq!(card.texts(".author").await, [AUTHOR]);
    assert_eq!(card.texts(".body p").await, PARAGRAPHS);
    let inside = "return [host.querySelector('h1').textContent, host.querySelector('article').lang, host.textContent.includes('نصّ الصفحة'), window.broken ?? null, host.getAttribute('thread')]";
    assert_eq!(card.run(inside, vec![]).await, json!([HOSTILE, "ar", true, null, address]));
    assert_eq!(stage.endpoint.stored(&address).await.len(), 1);

    // The gadget's card is of the same conversation: the article's address, by its feed.
    stage.host.put("/", page("", &stage.addresses().read("blogger/gadget.html")));
    reader.open(&stage.host.url("/")).await;
    let card = reader.card("maqal-card");
    card.until_text(".title", TITLE).await;
    card.until_comments(1).await;
    assert_eq!(reader.console().await, []);
}

#[tokio::test]
async fn what_the_playground_writes_is_well_formed_in_a_theme_and_works_in_a_gadget() {
    let stage = Stage::start().await;
    stage.host.put("/feed", json!({ "version": "1.0", "entry": entry(&stage) }).to_string());
    let chosen = json!({
        "host": "blogger",
        "attributes": [["src", stage.host.url("/feed")], ["endpoint", stage.proxy.endpoint()], ["thread", HOSTILE], ["autoload", true]],
        "children": [{ "name": "article", "attributes": [], "children": [{ "name": "h1", "attributes": [], "children": [HOSTILE] }] }],
        "css": "maqal-card { --maqal-round: 4px; }",
        "loader": { "url": stage.cdn.origin() + "/embed.js" },
    });
    let code = snippet(&chosen).concat();
    let reader = Browser::start().await;
    stage.host.put("/workshop.html", page("", ""));
    reader.open(&stage.host.url("/workshop.html")).await;
    let of_theme = reader.run(SUBSTITUTE, vec![json!(code), json!({})]).await;
    // As it is, in a gadget; and as the theme's XML becomes HTML.
    for (number, body) in [code.as_str(), of_theme.as_str().unwrap_or_default()].into_iter().enumerate() {
        stage.host.put("/gadget.html", page("", body));
        reader.open(&stage.host.url("/gadget.html")).await;
        let card = reader.card("maqal-card");
        card.until_text(".title", TITLE).await;
        card.until_comments(number).await;
        card.post("زائرة", "من أداة").await;
        card.until_comments(number + 1).await;
        let is = "return [host.getAttribute('thread'), host.getAttribute('autoload'), host.querySelector('h1').textContent, window.broken ?? null]";
        assert_eq!(card.run(is, vec![]).await, json!([HOSTILE, "", HOSTILE, null]));
    }
    assert_eq!(reader.console().await, []);
}
