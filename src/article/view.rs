//! The card's upper part: picture, heading, byline, text.

use leptos::html;
use leptos::prelude::*;

use super::load::Loaded;
use super::model::{Article, Author, Body, Image};
use crate::i18n::{Locale, Timestamp, fill};
use crate::text::direction::{self, Direction};
use crate::text::reflow::Block;
use crate::ui::avatar::avatar;
use crate::ui::markup::markup;
use crate::ui::{CardContext, time};
use crate::url::{HttpUrl, link};

/// The identifier of the title, inside the card's own tree.
pub const TITLE_ID: &str = "article-title";

/// The article.
pub fn article(loaded: &Loaded, card: CardContext) -> impl IntoView + use<> {
    let Loaded { article, base, .. } = loaded;
    let direction = direction_of(article);
    html::article()
        .class("article")
        .attr("part", "article")
        .attr("aria-labelledby", article.title.is_some().then_some(TITLE_ID))
        .dir(direction.map_or("auto", Direction::as_attr))
        .lang(article.language.clone())
        .child((
            article.hero.as_ref().and_then(|image| hero(image, base)),
            html::header().child((
                article.kicker.clone().map(|text| html::p().class("kicker").dir("auto").child(text)),
                article
                    .title
                    .clone()
                    .map(|text| html::h2().id(TITLE_ID).class("title").attr("part", "title").dir("auto").child(text)),
                article.standfirst.clone().map(|text| html::p().class("lead").dir("auto").child(text)),
                byline(article, base, card),
            )),
            html::div().class("body").attr("part", "body").child(body(&article.body, base)),
        ))
}

/// The direction of the whole: by its language, else by its first words.
fn direction_of(article: &Article) -> Option<Direction> {
    let declared = article.language.as_deref().and_then(direction::of_language);
    declared.or_else(|| direction::first_strong(article.title.as_deref()?)).or_else(|| match &article.body {
        Body::Text(blocks) => blocks.iter().find_map(|block| match block {
            Block::Paragraph(text) | Block::Heading(text) => direction::first_strong(text),
            Block::Verse(lines) | Block::List(lines) => lines.iter().find_map(|line| direction::first_strong(line)),
        }),
        Body::Html(html) => direction::first_strong(&html.text()),
        Body::Elsewhere => None,
    })
}

fn hero(image: &Image, base: &str) -> Option<AnyView> {
    let src = HttpUrl::parse(image.src.as_str(), base).ok()?;
    let picture = html::img()
        .class("hero")
        .src(src.as_str().to_owned())
        // A picture that says nothing of itself is decoration to a screen reader.
        .alt(image.alt.clone().unwrap_or_default())
        .width(image.width.map(|n| n.to_string()))
        .height(image.height.map(|n| n.to_string()))
        .attr("decoding", "async")
        .attr("referrerpolicy", "no-referrer");
    let caption = image.caption.clone().map(|text| html::figcaption().dir("auto").child(text));
    Some(html::figure().attr("part", "hero").child((picture, caption)).into_any())
}

fn byline(article: &Article, base: &str, card: CardContext) -> Option<AnyView> {
    let published = article.published.as_deref().and_then(Timestamp::parse);
    let modified = article.modified.as_deref().and_then(Timestamp::parse).filter(|at| Some(*at) > published);
    if article.authors.is_empty() && published.is_none() {
        return None;
    }
    let faces = article.authors.first().map(|author| avatar(&author.name));
    let names: Vec<_> = article.authors.iter().map(|author| author_name(author, base)).collect();
    let names = (!names.is_empty())
        .then(|| html::div().class("names").child((html::span().class("sr").child(card.word(|w| w.byline)), names)));
    let dates = html::div().class("dates").child((
        published.map(|at| time::day(at, card)),
        modified.map(|at| html::span().class("updated").child(move || updated(published, at, &card.locale.get()))),
    ));
    Some(html::div().class("by").attr("part", "byline").child((faces, html::div().child((names, dates)))).into_any())
}

/// The day of the last change, where it is another one than the day of publication.
fn updated(published: Option<Timestamp>, modified: Timestamp, locale: &Locale) -> Option<String> {
    let day = locale.date(modified);
    let same = published.is_some_and(|at| locale.date(at) == day);
    (!same).then(|| fill(locale.words.updated, "date", &day))
}

fn author_name(author: &Author, base: &str) -> AnyView {
    let name = html::bdi().child(author.name.clone());
    match author.url.as_ref().and_then(|url| link(url.as_str(), base)) {
        Some(url) => html::a().class("author").href(url).rel("author noopener").child(name).into_any(),
        None => html::b().class("author").child(name).into_any(),
    }
}

fn body(body: &Body, base: &str) -> AnyView {
    match body {
        Body::Text(blocks) => blocks.iter().map(block).collect::<Vec<_>>().into_any(),
        Body::Html(html) => markup(html, base),
        Body::Elsewhere => ().into_any(),
    }
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Paragraph(text) => html::p().dir("auto").child(text.clone()).into_any(),
        Block::Heading(text) => html::h3().dir("auto").child(text.clone()).into_any(),
        Block::Verse(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| html::span().dir("auto").child(line.clone())).collect();
            html::p().class("verse").child(lines).into_any()
        }
        Block::List(items) => {
            let items: Vec<_> = items.iter().map(|item| html::li().dir("auto").child(item.clone())).collect();
            // The items keep the markers that the author typed.
            html::ul().class("typed").role("list").child(items).into_any()
        }
    }
}
