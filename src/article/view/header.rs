//! Kicker, title, standfirst, and the line that says by whom and when.

use leptos::html;
use leptos::prelude::*;

use super::TITLE_ID;
use crate::article::model::{Article, Author};
use crate::i18n::{Locale, Timestamp, fill};
use crate::ui::avatar::{avatar, portrait};
use crate::ui::heading::heading;
use crate::ui::prose::{dir, prose};
use crate::ui::{CardContext, time as moment};
use crate::url::link;

/// The article's head. `time` is how long it takes to read, `tools` what a reader can do with it besides.
pub(super) fn header(
    article: &Article,
    base: &str,
    time: impl Fn(&Locale) -> Option<String> + Send + 'static,
    tools: AnyView,
    card: CardContext,
) -> AnyView {
    let parts = (
        article
            .kicker
            .as_deref()
            .map(|text| html::p().class("kicker").attr("part", "kicker").dir(dir(text)).child(prose(text))),
        article.title.as_deref().map(|text| {
            heading(card.heading.get_untracked().get())
                .id(TITLE_ID)
                .class("title")
                .attr("part", "title")
                .dir(dir(text))
                .child(prose(text))
        }),
        article
            .standfirst
            .as_deref()
            .map(|text| html::p().class("lead").attr("part", "lead").dir(dir(text)).child(prose(text))),
        byline(article, base, time, tools, card),
    );
    html::header().child(parts).into_any()
}

fn byline(
    article: &Article,
    base: &str,
    time: impl Fn(&Locale) -> Option<String> + Send + 'static,
    tools: AnyView,
    card: CardContext,
) -> AnyView {
    let published = article.published.as_deref().and_then(Timestamp::parse);
    let modified = article.modified.as_deref().and_then(Timestamp::parse).filter(|at| Some(*at) > published);
    let face = article.authors.first().map(|author| {
        let src = author.image.as_ref().and_then(|image| image.resolve(base));
        match src {
            Some(src) => portrait(&author.name, &src).into_any(),
            None => avatar(&author.name).into_any(),
        }
    });
    let names: Vec<_> = article.authors.iter().map(|author| author_name(author, base)).collect();
    let names = (!names.is_empty())
        .then(|| html::div().class("names").child((html::span().class("sr").child(card.word(|w| w.byline)), names)));
    let dates = html::div().class("dates").attr("part", "dates").dir(card.dir()).child((
        published.map(|at| moment::day(at, card)),
        modified.map(|at| html::span().child(move || updated(published, at, &card.locale.get()))),
        html::span().child(move || card.locale.with(&time)),
    ));
    let by = html::div().class("said-by").child((names, dates));
    html::div().class("by").attr("part", "byline").child((face, by, tools)).into_any()
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
        Some(url) => {
            html::a().class("author").attr("part", "author").href(url).rel("author noopener").child(name).into_any()
        }
        None => html::b().class("author").attr("part", "author").child(name).into_any(),
    }
}
