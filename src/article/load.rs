//! From a source to an article: fetched or found inside the element, then read.

use std::fmt;

use super::model::Article;
use super::read::{self, ReadError, Reading, Warning, light_dom};
use crate::fetch::shared::{Age, Lease};
use crate::fetch::{Cause, Undelivered, diagnose};
use crate::i18n::Timestamp;
use crate::settings::Source;

/// What `src` may answer with, by preference. A longer value than 128 bytes would cost each load a CORS preflight (Fetch
/// Standard, "CORS-safelisted request-header"), so the order has to say what weights would.
const ACCEPT: &str = "application/ld+json,application/feed+json,application/json,application/atom+xml,application/rss+xml,\
                      text/html,text/plain,*/*";

/// An article that stands ready.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The article.
    pub article: Article,
    /// Where it came from.
    pub source: Source,
    /// The address against which its references are resolved.
    pub base: String,
    /// Fields that were left out, for the developer.
    pub warnings: Vec<Warning>,
}

/// Why there is no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleError {
    /// It could not be fetched.
    Fetch(Undelivered),
    /// What came is not an article.
    Read {
        /// Where it came from.
        from: String,
        /// What is wrong with it.
        error: ReadError,
    },
    /// The element has neither `src` nor content.
    Missing,
}

impl fmt::Display for ArticleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(Undelivered { failure, .. }) => {
                write!(f, "the article could not be fetched: {failure}{}", fix(&failure.cause))
            }
            Self::Read { from, error } => write!(f, "no article in {from}: {error}"),
            Self::Missing => f.write_str(
                "<maqal-card>: the attribute `src` is missing, and there is no article inside the element. Give one of the two.",
            ),
        }
    }
}

/// The way on after an answer that is none. What is known of no answer at all says it itself.
const fn fix(cause: &Cause) -> &'static str {
    match cause {
        Cause::NotFound(_) => " (nothing is at this address: check `src`)",
        Cause::Forbidden(_) => {
            " (the card sends no cookies and no password: let the server give the article to everybody, and to requests \
             with this page's Origin and Referer)"
        }
        Cause::Refused(..) => " (the server does not take this request: check `src`)",
        Cause::Throttled(_) => {
            " (the server wants fewer requests: raise its limit, or let it send Cache-Control so that readers ask less)"
        }
        Cause::Gateway(..) => " (the server is down or busy: look into its log, and at what stands before it)",
        Cause::Server(_) => " (the server failed while it answered: look into its log)",
        Cause::Offline | Cause::Unreachable | Cause::TimedOut | Cause::Garbage => "",
    }
}

/// Loads the article of `source`; `host` is the element, whose children may be it. What a plain text cannot say (the
/// title, the author) is taken from those children too.
///
/// Cards that show the same `src` share what was fetched, as long as one of them keeps the [`Lease`].
///
/// # Errors
/// [`ArticleError`], which tells the network's failures from the document's.
pub async fn load(source: &Source, host: &web_sys::Element, age: Age) -> Result<(Loaded, Option<Lease>), ArticleError> {
    let page = host.base_uri().ok().flatten().unwrap_or_default();
    match source {
        Source::Inline => match light_dom::read(host) {
            Some(Ok(Reading { mut article, warnings })) => {
                read::body::finish(&mut article);
                Ok((Loaded { article, source: Source::Inline, base: page, warnings }, None))
            }
            Some(Err(error)) => Err(ArticleError::Read { from: "the JSON-LD inside <maqal-card>".to_owned(), error }),
            None => Err(ArticleError::Missing),
        },
        Source::Url { url, item } => {
            let lease = Lease::new(url.as_str(), ACCEPT);
            let answer = lease.get(age).await.map_err(ArticleError::Fetch)?;
            let Reading { mut article, mut warnings } = read::read(&read::Document {
                content_type: answer.content_type.as_deref(),
                address: &answer.url,
                item: item.as_deref(),
                text: &answer.text,
            })
            .map_err(|error| ArticleError::Read { from: url.as_str().to_owned(), error })?;
            if article.title.is_none()
                && let Some(Ok(inline)) = light_dom::read(host)
            {
                complete(&mut article, inline.article);
            }
            warn_of_dates(&article, &mut warnings);
            Ok((Loaded { article, source: source.clone(), base: answer.url.clone(), warnings }, Some(lease)))
        }
    }
}

/// Finds out for the developer why `source` gave no answer, where the browser does not tell: see [`diagnose::explain`].
pub async fn explain(source: &Source, error: ArticleError) -> ArticleError {
    match (source, error) {
        (Source::Url { url, .. }, ArticleError::Fetch(undelivered)) => {
            ArticleError::Fetch(diagnose::explain(url.as_str(), undelivered).await)
        }
        (_, error) => error,
    }
}

/// Dates are read by the browser, when they are shown: the readers cannot know which it does not take.
fn warn_of_dates(article: &Article, warnings: &mut Vec<Warning>) {
    for (field, date) in [("date of publication", &article.published), ("date of modification", &article.modified)] {
        if date.as_deref().is_some_and(|date| Timestamp::parse(date).is_none()) {
            warnings.push(Warning {
                field,
                found: "a text that is no date to a browser, left out: write it as in ISO 8601",
            });
        }
    }
}

/// Fills what `article` does not say from what the element's children say.
fn complete(article: &mut Article, inline: Article) {
    article.title = inline.title;
    article.published = article.published.take().or(inline.published);
    article.language = article.language.take().or(inline.language);
    if article.authors.is_empty() {
        article.authors = inline.authors;
    }
}

/// Whether the element's children hold anything for a reader.
#[must_use]
pub fn has_light_dom(host: &web_sys::Element) -> bool {
    light_dom::has_content(host)
}

#[cfg(test)]
mod tests {
    use super::{ACCEPT, ArticleError};
    use crate::fetch::{Cause, Failure, Undelivered};

    #[test]
    fn what_is_asked_for_early_is_asked_for_as_later() {
        let loader = include_str!("../../embed/embed.js");
        assert!(loader.contains(&format!("const ACCEPT = \"{ACCEPT}\";")));
    }

    #[test]
    fn the_accept_header_costs_no_preflight() {
        assert!(ACCEPT.len() <= 128, "{} bytes", ACCEPT.len());
        let unsafe_bytes = "\"():<>?@[\\]{}";
        assert!(ACCEPT.chars().all(|c| c.is_ascii_graphic() && !unsafe_bytes.contains(c)), "{ACCEPT}");
    }

    #[test]
    fn an_answer_that_is_none_comes_with_the_way_on() {
        let told = |cause| {
            let failure = Failure { cause, detail: "https://a.example/1 answered".to_owned() };
            ArticleError::Fetch(Undelivered { failure, blocked: false }).to_string()
        };
        assert!(
            told(Cause::NotFound(404))
                .contains("https://a.example/1 answered (nothing is at this address: check `src`)")
        );
        assert!(told(Cause::Forbidden(403)).contains("no cookies"));
        assert!(told(Cause::Server(500)).contains("its log"));
        assert!(told(Cause::Throttled(None)).contains("fewer requests"));
    }
}
