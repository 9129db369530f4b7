//! The text of the article. A long one is folded: its beginning shows, and the rest at a click, in a search of the page,
//! and in print.

use leptos::prelude::*;
use leptos::{ev, html};

use super::fold::{Fold, REST_ID};
use super::in_text_links::follow;
use crate::article::model::{Article, Body};
use crate::article::reading_time::{self, Pace};
use crate::i18n::{Locale, fill};
use crate::safe_html::SafeHtml;
use crate::text::reflow::Block;
use crate::text::{bidi, words};
use crate::ui::CardContext;
use crate::ui::heading::heading;
use crate::ui::markup::markup;
use crate::ui::prose::{dir, prose};

/// A text of at most so many words is shown whole.
const SHORT: usize = 400;
/// Words of a longer one that show before the fold, at least: a minute and a half in Arabic.
const BEGINNING: usize = 220;

/// The text of so many `words`, a long one folded.
pub(super) fn body(article: &Article, base: &str, words: usize, pace: Pace, fold: Fold, card: CardContext) -> AnyView {
    let is_short = words <= SHORT;
    let above = card.heading.get_untracked().get();
    let (beginning, rest) = match &article.body {
        Body::Elsewhere => return elsewhere(article, base, card),
        Body::Text(blocks) => {
            let (beginning, rest) = if is_short { (&blocks[..], &[][..]) } else { split(blocks) };
            (
                text(beginning, above),
                (!rest.is_empty()).then(|| (text(rest, above), rest.iter().map(reading_time::words_of).sum())),
            )
        }
        Body::Html(html) => {
            let html = html.clone();
            let (beginning, rest) = if is_short { (html, SafeHtml::default()) } else { html.split(BEGINNING) };
            let rest = (!rest.is_empty()).then(|| (markup(&rest, base, card), words::count(&rest.text())));
            (markup(&beginning, base, card), rest)
        }
    };
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

/// The first blocks that have enough words together, and the others. A heading stays with what it heads.
fn split(blocks: &[Block]) -> (&[Block], &[Block]) {
    let parts = blocks.iter().map(|block| (matches!(block, Block::Heading(_)), reading_time::words_of(block)));
    blocks.split_at(words::part(parts, BEGINNING).unwrap_or(blocks.len()))
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

#[cfg(test)]
mod tests {
    use super::{BEGINNING, split};
    use crate::text::reflow::Block;

    fn paragraph(words: usize) -> Block {
        Block::Paragraph("كلمة ".repeat(words))
    }

    #[test]
    fn the_fold_is_between_blocks_and_never_under_a_heading() {
        let heading = Block::Heading("عنوان".to_owned());
        let blocks = [paragraph(BEGINNING / 2), paragraph(BEGINNING / 2), paragraph(100)];
        assert_eq!(split(&blocks).0.len(), 2);
        let blocks = [paragraph(BEGINNING - 10), heading.clone(), paragraph(100)];
        assert_eq!(split(&blocks).0.len(), 1);
        let blocks = [heading, paragraph(BEGINNING), paragraph(100)];
        assert_eq!(split(&blocks).0.len(), 2);
        assert_eq!(split(&[paragraph(1000)]).1.len(), 0);
    }
}
