//! The element's attributes become typed [`Settings`]; each wrong one is an error that names it and the fix.

use std::fmt;

use crate::i18n::{LanguageTag, OwnWords};
use crate::outward::{Fault, FaultCode};
use crate::url::{HttpUrl, UrlError};
use maqal_contract::{Sort, validate};

/// The attributes that the element observes, in the order of the documentation.
pub const ATTRIBUTES: [&str; 13] = [
    "src", "item", "endpoint", "thread", "lang", "words", "theme", "comfort", "heading", "sort", "autoload", "email",
    "website",
];

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
    /// Light, dark, sepia or the reader's choice.
    pub theme: Option<String>,
    /// What of its looks the reader may choose.
    pub comfort: Option<String>,
    /// The level of the article's heading.
    pub heading: Option<String>,
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
    /// What of its looks the reader may choose.
    pub comfort: Comfort,
    /// The level of the article's heading; the others follow.
    pub heading: HeadingLevel,
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
    /// Brown on the paper of an old book.
    Sepia,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All of them, in the order in which a reader is offered them.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Sepia, Self::Dark];

    /// The attribute's value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// What of the card's looks its reader may choose; the host may offer less than all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comfort {
    /// The size of the text.
    pub text_size: bool,
    /// The space between its lines.
    pub line_spacing: bool,
    /// The colours.
    pub theme: bool,
}

impl Comfort {
    const ALL: Self = Self { text_size: true, line_spacing: true, theme: true };
    const NONE: Self = Self { text_size: false, line_spacing: false, theme: false };

    /// Whether nothing is offered.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// `none`, or a list of what is offered; `None` where a word of it is neither.
    fn parse(list: &str) -> Option<Self> {
        let mut offered = Self::NONE;
        if list != "none" {
            for word in list.split_whitespace() {
                match word {
                    "text-size" => offered.text_size = true,
                    "line-spacing" => offered.line_spacing = true,
                    "theme" => offered.theme = true,
                    _ => return None,
                }
            }
        }
        Some(offered)
    }
}

/// The level of the article's heading in the outline of the page around it: 1 to 6 (HTML, section 4.3.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HeadingLevel(u8);

impl Default for HeadingLevel {
    fn default() -> Self {
        Self(2)
    }
}

impl HeadingLevel {
    fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [digit @ b'1'..=b'6'] => Some(Self(digit - b'0')),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
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
            "comfort" => ". Leave it out, or write \"none\" or a list of what readers may choose: comfort=\"text-size line-spacing theme\".",
            "heading" => ". Write the level of the article's heading on the page, heading=\"2\".",
            _ => ". Write theme=\"auto\", \"light\", \"sepia\" or \"dark\".",
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
        let mut choice = |attribute, value: &Option<String>, choices, is_known: &mut dyn FnMut(&str) -> bool| {
            if let Some(given) = value.as_deref().map(str::trim).filter(|given| !given.is_empty())
                && !is_known(given)
            {
                wrong(attribute, value, AttributeFault::Choice(choices));
            }
        };
        let mut theme = Theme::default();
        choice("theme", &raw.theme, "auto, light, sepia, dark", &mut |name| keep(&mut theme, Theme::from_name(name)));
        let mut comfort = Comfort::ALL;
        choice("comfort", &raw.comfort, "none, text-size, line-spacing, theme", &mut |list| {
            keep(&mut comfort, Comfort::parse(list))
        });
        let mut heading = HeadingLevel::default();
        choice("heading", &raw.heading, "1, 2, 3, 4, 5, 6", &mut |level| {
            keep(&mut heading, HeadingLevel::parse(level))
        });
        let mut sort = Sort::default();
        choice("sort", &raw.sort, "newest, oldest, liked", &mut |name| keep(&mut sort, Sort::from_name(name)));
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
        Self { source, endpoint, thread, language, words, theme, comfort, heading, sort, autoload, asks, errors }
    }
}

/// Sets `place` to what was found, and says whether there was something.
fn keep<T>(place: &mut T, found: Option<T>) -> bool {
    found.map(|found| *place = found).is_some()
}

fn address(reference: &str, base: &str) -> Result<HttpUrl, AttributeFault> {
    if reference.trim().is_empty() {
        return Err(AttributeFault::Empty);
    }
    HttpUrl::parse(reference, base).map_err(AttributeFault::Url)
}
