//! An article's own markup, in a page or inside the element.

use super::body;
use crate::article::model::{Article, Author, Image, UrlRef};
use crate::markup::Element;
use crate::text::bidi;
use maqal_contract::unicode::is_visible;

/// Reads markup: the first heading is the title, the first picture the hero, a `rel=author` link, `.byline` or
/// `address` the author, the first `time` the date; the rest is the body.
#[must_use]
pub fn read(within: &Element) -> Article {
    let root = within.find(&|e| e.is("article")).unwrap_or(within);
    let title = root.find(&|e| ["h1", "h2", "h3"].iter().any(|name| e.is(name)));
    let picture = root.find(&|e| e.is("img"));
    // A figure that holds more than its picture is not a hero: a gallery, say.
    let figure = root.find(&|e| e.is("figure") && picture.is_some_and(|img| holds(e, img)));
    let byline = root.find(&|e| e.lists("rel", "author") || e.lists("class", "byline") || e.is("address"));
    let published = root.find(&|e| e.is("time") && e.attribute("datetime").is_some());
    let kicker = root.find(&|e| e.lists("class", "kicker"));
    let standfirst = root.find(&|e| e.lists("class", "lead") || e.lists("class", "standfirst"));

    let hero = picture.and_then(|img| {
        Some(Image {
            src: UrlRef::new(img.attribute("src")?)?,
            alt: img.attribute("alt").map(bidi::line),
            caption: figure.and_then(|f| line(f.find(&|e| e.is("figcaption"))?)),
            width: number(img, "width"),
            height: number(img, "height"),
        })
    });
    let authors = byline.and_then(|by| Some(Author { name: line(by)?, url: href(by), image: None }));
    let fields: Vec<&Element> =
        [title, figure.or(picture), byline, published, kicker, standfirst].into_iter().flatten().collect();
    let mut article = Article::of(body::of(root, &fields));
    article.title = title.and_then(line);
    article.kicker = kicker.and_then(line);
    article.standfirst = standfirst.and_then(line);
    article.authors = authors.into_iter().collect();
    article.published = published.and_then(|time| time.attribute("datetime")).map(str::to_owned);
    article.hero = hero;
    article.language = root.attribute("lang").map(str::to_owned);
    article
}

fn holds(outer: &Element, inner: &Element) -> bool {
    outer.find(&|e| std::ptr::eq(e, inner)).is_some()
}

fn line(element: &Element) -> Option<String> {
    Some(bidi::line(&element.text())).filter(|line| is_visible(line))
}

fn href(element: &Element) -> Option<UrlRef> {
    let is_link = |e: &Element| e.attribute("href").is_some();
    let link = if is_link(element) { element } else { element.find(&is_link)? };
    UrlRef::new(link.attribute("href")?)
}

fn number(element: &Element, attribute: &str) -> Option<u32> {
    element.attribute(attribute)?.parse().ok().filter(|n| *n > 0)
}
