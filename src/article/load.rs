//! From a source to an article: fetched or found inside the element, then read.

use std::fmt;

use super::model::Article;
use super::read::{self, ReadError, Reading, Warning, light_dom};
use crate::fetch::{self, Failure};
use crate::settings::Source;

/// What `src` may answer with, by preference.
const ACCEPT: &str = "application/ld+json, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1";

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
    Fetch(Failure),
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
            Self::Fetch(failure) => write!(f, "the article could not be fetched: {failure}"),
            Self::Read { from, error } => write!(f, "no article in {from}: {error}"),
            Self::Missing => f.write_str(
                "<maqal-card>: the attribute `src` is missing, and there is no article inside the element. Give one of the two.",
            ),
        }
    }
}

/// Loads the article of `source`; `host` is the element, whose children may be it. What a plain text cannot say (the
/// title, the author) is taken from those children too.
///
/// # Errors
/// [`ArticleError`], which tells the network's failures from the document's.
pub async fn load(source: &Source, host: &web_sys::Element) -> Result<Loaded, ArticleError> {
    let page = host.base_uri().ok().flatten().unwrap_or_default();
    match source {
        Source::Inline => match light_dom::read(host) {
            Some(Ok(Reading { article, warnings })) => {
                Ok(Loaded { article, source: Source::Inline, base: page, warnings })
            }
            Some(Err(error)) => Err(ArticleError::Read { from: "the JSON-LD inside <maqal-card>".to_owned(), error }),
            None => Err(ArticleError::Missing),
        },
        Source::Url(url) => {
            let answer = fetch::get(url.as_str(), ACCEPT).await.map_err(ArticleError::Fetch)?;
            let Reading { mut article, warnings } = read::read(&read::Document {
                content_type: answer.content_type.as_deref(),
                address: &answer.url,
                item: None,
                text: &answer.text,
            })
                .map_err(|error| ArticleError::Read { from: url.as_str().to_owned(), error })?;
            if article.title.is_none()
                && let Some(Ok(inline)) = light_dom::read(host)
            {
                complete(&mut article, inline.article);
            }
            Ok(Loaded { article, source: source.clone(), base: answer.url, warnings })
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
