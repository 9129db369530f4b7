//! What an article is once it has been read, whatever its source was.
//!
//! All strings are clean: one line each, without control characters, their bidirectional controls balanced. They are
//! text, not markup.

use crate::safe_html::SafeHtml;
use crate::text::direction::{self, Direction};
use crate::text::reflow::Block;
use crate::url::HttpUrl;

/// An article, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The headline.
    pub title: Option<String>,
    /// The section it ran in, shown above the headline.
    pub kicker: Option<String>,
    /// The sentence or two that sum it up, under the headline.
    pub standfirst: Option<String>,
    /// Its authors, in the order given.
    pub authors: Vec<Author>,
    /// When it was published, as given: ISO 8601 where the publisher keeps to schema.org.
    pub published: Option<String>,
    /// When it was last changed, as given.
    pub modified: Option<String>,
    /// The picture at its head.
    pub hero: Option<Image>,
    /// Its language, as given: a BCP 47 tag where the publisher keeps to schema.org.
    pub language: Option<String>,
    /// Its own address.
    pub url: Option<UrlRef>,
    /// Whose it is: the newspaper, the site.
    pub publisher: Option<String>,
    /// The text.
    pub body: Body,
}

impl Article {
    /// An article of which nothing is known but its text.
    #[must_use]
    pub const fn of(body: Body) -> Self {
        Self {
            title: None,
            kicker: None,
            standfirst: None,
            authors: Vec::new(),
            published: None,
            modified: None,
            hero: None,
            language: None,
            url: None,
            publisher: None,
            body,
        }
    }

    /// The direction of the whole: by its language, else by its first words.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        let declared = self.language.as_deref().and_then(direction::of_language);
        declared.or_else(|| direction::first_strong(self.title.as_deref()?)).or_else(|| match &self.body {
            Body::Text(blocks) => blocks.iter().find_map(|block| match block {
                Block::Paragraph(text) | Block::Heading(text) => direction::first_strong(text),
                Block::Verse(lines) | Block::List(lines) => lines.iter().find_map(|line| direction::first_strong(line)),
            }),
            Body::Html(html) => direction::first_strong(&html.text()),
            Body::Elsewhere => direction::first_strong(self.standfirst.as_deref()?),
        })
    }
}

/// A person or an organisation that wrote the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name: something visible.
    pub name: String,
    /// Their page.
    pub url: Option<UrlRef>,
    /// Their portrait.
    pub image: Option<UrlRef>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where it is.
    pub src: UrlRef,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
    /// Its own width, in CSS pixels.
    pub width: Option<u32>,
    /// Its own height, in CSS pixels.
    pub height: Option<u32>,
}

/// A URL reference as it was found: relative or absolute, of any scheme, perhaps no URL at all.
///
/// Before use it is resolved: see [`resolve`](Self::resolve).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlRef(String);

impl UrlRef {
    /// The reference in `text`, or `None` where there is nothing but white space.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The address in full, by the `base` that it stands under; `None` where it is none that may be fetched.
    #[must_use]
    pub fn resolve(&self, base: &str) -> Option<HttpUrl> {
        HttpUrl::parse(&self.0, base).ok()
    }

    /// The reference as it was found.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text of an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Text without markup, in blocks.
    Text(Vec<Block>),
    /// Markup that has passed the allow-list.
    Html(SafeHtml),
    /// The source only describes the article: it is read at its own address, which is known.
    Elsewhere,
}

impl Body {
    /// Whether nothing of a text is here to be seen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(blocks) => blocks.is_empty(),
            Self::Html(html) => html.is_empty(),
            Self::Elsewhere => true,
        }
    }
}
