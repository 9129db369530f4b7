//! The element's own children as an article: JSON-LD in a script, or plain HTML.
//!
//! This reader alone needs the browser: its text is a tree already.

use web_sys::Element;

use super::{ReadError, Reading, json_ld};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::safe_html::{Profile, SafeHtml};
use crate::text::{bidi, reflow};

/// Whether the children hold anything for a reader or a program.
#[must_use]
pub fn has_content(host: &Element) -> bool {
    find(host, JSON_LD).is_some() || find(host, "img, picture, video").is_some() || has_text(host)
}

const JSON_LD: &str = "script[type='application/ld+json']";

/// Reads the children of `host`; `None` where there is nothing to read.
#[must_use]
pub fn read(host: &Element) -> Option<Result<Reading, ReadError>> {
    if let Some(script) = find(host, JSON_LD) {
        return Some(json_ld::read(&script.text_content().unwrap_or_default()));
    }
    has_content(host).then(|| Ok(Reading { article: markup(host), warnings: Vec::new() }))
}

/// Reads markup: the first heading is the title, the first picture the hero, a `rel=author` link, `.byline` or
/// `address` the author, the first `time` the date; the rest is the body.
fn markup(host: &Element) -> Article {
    let root = find(host, "article").unwrap_or_else(|| host.clone());
    let title = find(&root, "h1, h2, h3");
    let picture = find(&root, "img");
    // A figure that holds more than its picture is not a hero: a gallery, say.
    let figure =
        picture.as_ref().and_then(|img| img.closest("figure").ok().flatten()).filter(|f| root.contains(Some(f)));
    let byline = find(&root, "[rel~='author'], .byline, address");
    let published = find(&root, "time[datetime]");
    let kicker = find(&root, ".kicker");
    let standfirst = find(&root, ".lead, .standfirst");

    let hero = picture.as_ref().and_then(|img| {
        Some(Image {
            src: UrlRef::new(&img.get_attribute("src")?)?,
            alt: img.get_attribute("alt").map(|alt| bidi::line(&alt)),
            caption: figure.as_ref().and_then(|f| line(&find(f, "figcaption")?)),
            width: number(img, "width"),
            height: number(img, "height"),
        })
    });
    let authors = byline.as_ref().and_then(|by| Some(Author { name: line(by)?, url: href(by), image: None }));
    let fields = [title.clone(), figure.or(picture), byline, published.clone(), kicker.clone(), standfirst.clone()];
    let fields: Vec<Element> = fields.into_iter().flatten().collect();
    let html = SafeHtml::copy(&root, Profile::Article, &fields);
    let body = if html.has_blocks() { Body::Html(html) } else { Body::Text(reflow::reflow(&html.text()).blocks) };

    Article {
        title: title.as_ref().and_then(line),
        kicker: kicker.as_ref().and_then(line),
        standfirst: standfirst.as_ref().and_then(line),
        authors: authors.into_iter().collect(),
        published: published.and_then(|time| time.get_attribute("datetime")),
        modified: None,
        hero,
        language: root.get_attribute("lang"),
        url: None,
        body,
    }
}

fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

fn has_text(host: &Element) -> bool {
    let mut next = host.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        let is_code = node.node_name().eq_ignore_ascii_case("script") || node.node_name().eq_ignore_ascii_case("style");
        if !is_code
            && node.node_type() != web_sys::Node::COMMENT_NODE
            && node.text_content().is_some_and(|text| maqal_contract::unicode::is_visible(&text))
        {
            return true;
        }
    }
    false
}

fn line(element: &Element) -> Option<String> {
    let line = bidi::line(&element.text_content()?);
    maqal_contract::unicode::is_visible(&line).then_some(line)
}

fn href(element: &Element) -> Option<UrlRef> {
    let link = if element.has_attribute("href") { element.clone() } else { find(element, "a[href]")? };
    UrlRef::new(&link.get_attribute("href")?)
}

fn number(element: &Element, attribute: &str) -> Option<u32> {
    element.get_attribute(attribute)?.parse().ok().filter(|n| *n > 0)
}
