//! The text of the article. A long one is folded: its beginning shows, and the rest at a click, in a search of the page,
//! and in print.

use leptos::prelude::*;
use leptos::{ev, html};

use super::fold::{Fold, REST_ID};
use super::in_text_links::follow;
use crate::article::model::{Article, Body};
use crate::article::reading_time::Pace;
use crate::i18n::{Locale, fill};
use crate::text::bidi;
use crate::text::reflow::Block;
use crate::ui::CardContext;
use crate::ui::heading::heading;
use crate::ui::markup::markup;
use crate::ui::prose::{dir, prose};

/// The text of so many `words`, a long one folded.
pub(super) fn body(article: &Article, base: &str, words: usize, pace: Pace, fold: Fold, card: CardContext) -> AnyView {
    let above = card.heading.get_untracked().get();
    let part = |body: &Body| match body {
        Body::Text(blocks) => text(blocks, above),
        Body::Html(html) => markup(html, base, card),
        Body::Elsewhere => elsewhere(article, base, card),
    };
    if article.body == Body::Elsewhere {
        return part(&article.body);
    }
    let (beginning, rest) = article.body.clone().folded(words);
    let (beginning, rest) = (part(&beginning), rest.map(|(rest, words)| (part(&rest), words)));
    let is_folded = rest.is_some();
    let rest = rest.map(|(rest, words)| {
        let time = move |locale: &Locale| pace.tell(words, locale);
        let button = move || (!fold.is_open()).then(|| read_on(time.clone(), fold, card));
        (button, fold.rest(rest))
    });
    html::div()
        .class("body")
        .class(("folded", move || is_folded && !fold.is_open()))
        .attr("part", "body")
        .on(ev::click, move |event| follow(&event, || fold.open()))
        .child((html::div().class("beginning").child(beginning), rest))
        .into_any()
}

/// The button that unfolds the rest, and how long that takes to read.
fn read_on(time: impl Fn(&Locale) -> Option<String> + Send + 'static, fold: Fold, card: CardContext) -> impl IntoView {
    let minutes = move || card.locale.with(&time).map(|time| html::small().child(time));
    let button = html::button()
        .r#type("button")
        .class("more")
        .dir(card.dir())
        .attr("part", "button read-on")
        .aria_expanded("false")
        .aria_controls(REST_ID)
        .on(ev::click, move |_| fold.go_on())
        .child((html::span().child(card.word(|w| w.read_on)), " ", minutes));
    html::div().class("fold").child(button)
}

/// The way to an article that is only described here.
fn elsewhere(article: &Article, base: &str, card: CardContext) -> AnyView {
    let url = article.url.as_ref().and_then(|url| url.resolve(base));
    let link = url.map(|url| {
        let site = bidi::isolate(article.publisher.as_deref().unwrap_or_else(|| url.host()));
        html::a()
            .href(url.as_str().to_owned())
            .child(move || fill(card.locale.get().words.read_elsewhere, "site", &site))
    });
    html::div().class("body elsewhere").attr("part", "body").child(html::p().dir(card.dir()).child(link)).into_any()
}

fn text(blocks: &[Block], above: u8) -> AnyView {
    blocks.iter().map(|it| block(it, above)).collect::<Vec<_>>().into_any()
}

fn block(block: &Block, above: u8) -> AnyView {
    match block {
        Block::Paragraph(text) => html::p().dir(dir(text)).child(prose(text)).into_any(),
        Block::Heading(text) => heading(above + 1).attr("data-depth", "1").dir(dir(text)).child(prose(text)).into_any(),
        Block::Verse(lines) => {
            let lines: Vec<_> = lines.iter().map(|line| html::span().dir(dir(line)).child(prose(line))).collect();
            html::p().class("verse").child(lines).into_any()
        }
        Block::List(items) => {
            let items: Vec<_> = items.iter().map(|item| html::li().dir(dir(item)).child(prose(item))).collect();
            // The items keep the markers that the author typed.
            html::ul().class("typed").role("list").child(items).into_any()
        }
    }
}
