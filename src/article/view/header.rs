//! Kicker, title, standfirst, and the line that says by whom and when.

use leptos::html;
use leptos::prelude::*;

use super::fold::Fold;
use super::{TITLE_ID, direction_of, share};
use crate::article::model::{Article, Author};
use crate::article::{listen, reading_time};
use crate::i18n::{Locale, Timestamp, fill};
use crate::text::direction::Direction;
use crate::ui::avatar::{avatar, portrait};
use crate::ui::{CardContext, time};
use crate::url::{HttpUrl, link};

/// The article's head.
pub(super) fn header(
    article: &Article,
    base: &str,
    text: NodeRef<html::Article>,
    fold: Fold,
    card: CardContext,
) -> impl IntoView + use<> {
    html::header().child((
        article.kicker.clone().map(|text| html::p().class("kicker").attr("part", "kicker").dir("auto").child(text)),
        article
            .title
            .clone()
            .map(|text| html::h2().id(TITLE_ID).class("title").attr("part", "title").dir("auto").child(text)),
        article.standfirst.clone().map(|text| html::p().class("lead").attr("part", "lead").dir("auto").child(text)),
        byline(article, base, tools(article, base, text, fold, card), card),
    ))
}

/// What a reader can do with the article besides reading it.
fn tools(
    article: &Article,
    base: &str,
    text: NodeRef<html::Article>,
    fold: Fold,
    card: CardContext,
) -> impl IntoView + use<> {
    html::div().class("acts").child((
        listen::controls(text, article.language.clone(), card, move || fold.open()),
        share::share(article.title.clone(), share::address(article, base), card),
    ))
}

fn byline<T: IntoView>(article: &Article, base: &str, tools: T, card: CardContext) -> impl IntoView + use<T> {
    let published = article.published.as_deref().and_then(Timestamp::parse);
    let modified = article.modified.as_deref().and_then(Timestamp::parse).filter(|at| Some(*at) > published);
    let face = article.authors.first().map(|author| {
        let src = author.image.as_ref().and_then(|image| HttpUrl::parse(image.as_str(), base).ok());
        match src {
            Some(src) => portrait(&author.name, &src).into_any(),
            None => avatar(&author.name).into_any(),
        }
    });
    let names: Vec<_> = article.authors.iter().map(|author| author_name(author, base)).collect();
    let names = (!names.is_empty())
        .then(|| html::div().class("names").child((html::span().class("sr").child(card.word(|w| w.byline)), names)));
    let words = reading_time::words(&article.body);
    let (language, runs) = (article.language.clone(), direction_of(article));
    let minutes = move || reading_time_of(words, language.as_deref(), runs, &card.locale.get());
    let dates = html::div().class("dates").child((
        published.map(|at| time::day(at, card)),
        modified.map(|at| html::span().child(move || updated(published, at, &card.locale.get()))),
        html::span().child(minutes),
    ));
    let by = html::div().class("said-by").child((names, dates));
    html::div().class("by").attr("part", "byline").child((face, by, tools))
}

/// How long `words` take to read, in words.
pub(super) fn reading_time_of(
    words: usize,
    language: Option<&str>,
    runs: Option<Direction>,
    locale: &Locale,
) -> Option<String> {
    let minutes = reading_time::minutes(words, &reading_time::language(language, runs, locale.tag()))?;
    Some(locale.plural(&locale.words.reading_time, minutes))
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
