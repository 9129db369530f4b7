//! The element's attributes become typed [`Settings`]; each wrong one is an error that names it and the fix.

use std::fmt;

use crate::i18n::{LanguageTag, OwnWords};
use crate::outward::{Fault, FaultCode};
use crate::url::{HttpUrl, UrlError};
use maqal_contract::{Sort, validate};

/// The attributes that the element observes, in the order of the documentation.
pub const ATTRIBUTES: [&str; 11] =
    ["src", "item", "endpoint", "thread", "lang", "words", "theme", "sort", "autoload", "email", "website"];

/// The attributes as the host wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawAttributes {
    /// Where the article is.
    pub src: Option<String>,
    /// Which of several articles of `src`.
    pub item: Option<String>,
    /// Where the comments are.
    pub endpoint: Option<String>,
    /// The conversation's name.
    pub thread: Option<String>,
    /// The card's language.
    pub lang: Option<String>,
    /// The host page's own words, in JSON.
    pub words: Option<String>,
    /// Light, dark or the reader's choice.
    pub theme: Option<String>,
    /// The order in which the conversation is shown first.
    pub sort: Option<String>,
    /// Whether more comments come by themselves.
    pub autoload: Option<String>,
    /// Whether an author is asked for an e-mail address.
    pub email: Option<String>,
    /// Whether an author is asked for an address of his own.
    pub website: Option<String>,
    /// The language of the nearest ancestor that declares one.
    pub inherited_lang: Option<String>,
    /// The page's base URL, against which references are resolved.
    pub base: String,
}

/// What the card is to show, and where it talks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the article comes from; `None` where the attribute was wrong.
    pub source: Option<Source>,
    /// The comment endpoint; `None` where the attribute was missing or wrong.
    pub endpoint: Option<HttpUrl>,
    /// The conversation, where the host names it.
    pub thread: ThreadSetting,
    /// The card's language.
    pub language: LanguageTag,
    /// The host page's own words, in place of the catalogue's.
    pub words: OwnWords,
    /// The card's colours.
    pub theme: Theme,
    /// The order in which the conversation is shown until its reader chooses another.
    pub sort: Sort,
    /// Whether more comments come by themselves as the reader nears the end of the list.
    pub autoload: bool,
    /// What is asked of an author beside a name.
    pub asks: Asks,
    /// What was wrong.
    pub errors: Vec<AttributeError>,
}

/// Where the article comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A document to fetch.
    Url {
        /// Its address.
        url: HttpUrl,
        /// Which of several articles in it is meant, by its identifier or its address; the first where none is named.
        item: Option<String>,
    },
    /// The element's own children: JSON-LD or plain HTML.
    Inline,
}

/// The conversation's name, as the host gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreadSetting {
    /// The host gave this name.
    Named(String),
    /// The host gave none: the article's address is the name.
    FromArticle,
    /// The host gave one that cannot be used. No conversation is shown: guessing another would mix two.
    Wrong,
}

/// What is asked of an author beside a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// The e-mail address, which is not shown.
    pub email: Ask,
    /// The author's own address, which is.
    pub website: Ask,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// No.
    #[default]
    No,
    /// Yes, and it may be left empty.
    Optional,
    /// Yes, and it must be given.
    Required,
}

/// The card's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the reader's system prefers (`prefers-color-scheme`).
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The attribute's value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A wrong or missing attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeError {
    /// Its name.
    pub attribute: &'static str,
    /// What the host wrote, unless it is missing.
    pub value: Option<String>,
    /// What is wrong with it.
    pub cause: AttributeFault,
}

/// What is wrong with an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeFault {
    /// It is required and not there.
    Missing,
    /// It is there and empty.
    Empty,
    /// It is not an address that can be fetched.
    Url(UrlError),
    /// It is longer than the contract takes, or cannot be seen.
    Thread(String),
    /// It is not a language tag (BCP 47).
    Language,
    /// It is none of these values.
    Choice(&'static str),
    /// Not all of it is JSON with words of the catalogue; what is not.
    Words(String),
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<maqal-card>: the attribute `{}`", self.attribute)?;
        if let Some(value) = &self.value {
            // A data: URL or a pasted article would flood the console.
            let shown: String = value.chars().take(120).collect();
            write!(f, " (\"{shown}\")")?;
        }
        match &self.cause {
            AttributeFault::Missing => f.write_str(" is missing")?,
            AttributeFault::Empty => f.write_str(" is empty")?,
            AttributeFault::Url(error) => write!(f, " cannot be used: {error}")?,
            AttributeFault::Thread(detail) => write!(f, " cannot be used: {detail}")?,
            AttributeFault::Language => f.write_str(" is not a language tag (BCP 47)")?,
            AttributeFault::Choice(choices) => write!(f, " is none of {choices}")?,
            AttributeFault::Words(detail) => write!(f, " is not understood: {detail}")?,
        }
        f.write_str(match self.attribute {
            "src" => ". Give the article's address, src=\"https://news.example/a/42.json\", or leave it out and put the article inside the element.",
            "endpoint" => ". Give the comment server's address: endpoint=\"https://talk.example/api/comments\".",
            "thread" => ". Give a short name, thread=\"article-42\", or leave it out: the article's address is the name then.",
            "lang" => ". Write it as in lang=\"ar\" or lang=\"ar-MA\".",
            "words" => ". Write JSON as in words='{\"send\": \"أرسل\"}'; the keys are those of the catalogues.",
            "sort" => ". Write sort=\"newest\", \"oldest\" or \"liked\".",
            "email" | "website" => ". Leave it out, or write \"optional\" or \"required\".",
            _ => ". Write theme=\"auto\", \"light\" or \"dark\".",
        })
    }
}

impl From<&AttributeError> for Fault {
    fn from(error: &AttributeError) -> Self {
        Self { code: FaultCode::Attribute, attribute: Some(error.attribute), message: error.to_string() }
    }
}

impl Settings {
    /// Reads the attributes. It never fails as a whole: each attribute that is wrong is listed in
    /// [`errors`](Self::errors), and the card does without it.
    #[must_use]
    pub fn parse(raw: &RawAttributes) -> Self {
        let mut errors = Vec::new();
        let mut wrong = |attribute, value: &Option<String>, cause| {
            errors.push(AttributeError { attribute, value: value.clone(), cause });
        };

        let source = match raw.src.as_deref() {
            None => Some(Source::Inline),
            Some(src) => match address(src, &raw.base) {
                Ok(url) => {
                    let item = raw.item.as_deref().map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned);
                    Some(Source::Url { url, item })
                }
                Err(cause) => {
                    wrong("src", &raw.src, cause);
                    None
                }
            },
        };
        let endpoint = match raw.endpoint.as_deref().ok_or(AttributeFault::Missing).and_then(|e| address(e, &raw.base))
        {
            Ok(url) => Some(url),
            Err(cause) => {
                wrong("endpoint", &raw.endpoint, cause);
                None
            }
        };
        let thread = match raw.thread.as_deref() {
            None => ThreadSetting::FromArticle,
            Some(name) => match validate::thread(name) {
                Ok(name) => ThreadSetting::Named(name),
                Err(error) => {
                    let empty = name.trim().is_empty();
                    wrong(
                        "thread",
                        &raw.thread,
                        if empty { AttributeFault::Empty } else { AttributeFault::Thread(error.detail) },
                    );
                    ThreadSetting::Wrong
                }
            },
        };
        let language = match raw.lang.as_deref().map(LanguageTag::parse) {
            Some(Some(tag)) => tag,
            given => {
                // lang="" means "unknown" in HTML, and is no error.
                if given.is_some() && raw.lang.as_deref() != Some("") {
                    wrong("lang", &raw.lang, AttributeFault::Language);
                }
                // The host page's own language is the host page's affair: a wrong one is passed over.
                raw.inherited_lang.as_deref().and_then(LanguageTag::parse).unwrap_or_default()
            }
        };
        let (words, not_understood) =
            raw.words.as_deref().filter(|json| !json.trim().is_empty()).map_or_else(Default::default, OwnWords::parse);
        if let Some(detail) = not_understood {
            wrong("words", &raw.words, AttributeFault::Words(detail));
        }
        let theme = match raw.theme.as_deref().map(str::trim) {
            None | Some("") => Theme::default(),
            Some(name) => match [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|t| t.as_str() == name) {
                Some(theme) => theme,
                None => {
                    wrong("theme", &raw.theme, AttributeFault::Choice("auto, light, dark"));
                    Theme::default()
                }
            },
        };
        let sort = match raw.sort.as_deref().map(str::trim) {
            None | Some("") => Sort::default(),
            Some(name) => Sort::from_name(name).unwrap_or_else(|| {
                wrong("sort", &raw.sort, AttributeFault::Choice("newest, oldest, liked"));
                Sort::default()
            }),
        };
        let mut ask = |attribute, value: &Option<String>| match value.as_deref().map(str::trim) {
            None => Ask::No,
            Some("optional") => Ask::Optional,
            Some("required") => Ask::Required,
            Some(_) => {
                wrong(attribute, value, AttributeFault::Choice("optional, required"));
                Ask::No
            }
        };
        let asks = Asks { email: ask("email", &raw.email), website: ask("website", &raw.website) };
        // As HTML's own boolean attributes; `autoload="false"` is what frameworks write.
        let autoload = raw.autoload.as_deref().is_some_and(|value| value != "false");
        Self { source, endpoint, thread, language, words, theme, sort, autoload, asks, errors }
    }
}

fn address(reference: &str, base: &str) -> Result<HttpUrl, AttributeFault> {
    if reference.trim().is_empty() {
        return Err(AttributeFault::Empty);
    }
    HttpUrl::parse(reference, base).map_err(AttributeFault::Url)
}
