//! A catalogue from what the loader fetched, and with a host page's own words in it.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::json::{self, Json};

use super::catalogue::{CATEGORIES, Catalogue, HAS_FORMS, KEYS, Text};

/// A host page's own words: pairs of a key (and one of its forms) and a text, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnWords(Vec<(String, Option<String>, String)>);

impl OwnWords {
    /// Reads an object of JSON as `catalogues/*.json` have it, with as few keys as the host cares to change.
    ///
    /// What is not understood is named in the second value; the rest holds.
    #[must_use]
    pub fn parse(json: &str) -> (Self, Option<String>) {
        let Ok(Json::Object(object)) = json::parse(json) else {
            return (Self::default(), Some("it is not a JSON object".to_owned()));
        };
        let mut words = Vec::new();
        let mut wrong: Vec<String> = Vec::new();
        for (key, value) in object {
            let known = KEYS.iter().zip(HAS_FORMS).find(|(known, _)| **known == key);
            let has_forms = known.is_some_and(|(_, has_forms)| *has_forms);
            match value {
                _ if known.is_none() => wrong.push(["there is no word `", &key, "`"].concat()),
                Json::String(text) => words.push((key, None, text)),
                Json::Object(forms) if has_forms => {
                    for (form, text) in forms {
                        match text {
                            _ if !CATEGORIES.contains(&form.as_str()) => {
                                wrong.push(["`", &form, "` of `", &key, "` is no plural form"].concat());
                            }
                            Json::String(text) => words.push((key.clone(), Some(form), text)),
                            _ => wrong.push(["the form `", &form, "` of `", &key, "` is not a text"].concat()),
                        }
                    }
                }
                _ => wrong.push(["`", &key, "` is not a text"].concat()),
            }
        }
        (Self(words), (!wrong.is_empty()).then(|| wrong.join("; ")))
    }

    /// The host's phrase for a key, or one of its forms, where it has one; else whether the catalogue's own may stand. A
    /// plural that the host gives is the host's in all its forms: half of another would not fit.
    fn find(&self, key: &str, form: Option<&str>) -> Result<&str, bool> {
        let of = |form: Option<&str>| self.0.iter().find(|(k, f, _)| k == key && f.as_deref() == form);
        let is_whole = || form.is_none() || (form == Some("other") && of(None).is_none());
        match of(form) {
            Some((_, _, text)) => Ok(text),
            None => Err(is_whole() || self.0.iter().all(|(k, _, _)| k != key)),
        }
    }
}

/// A catalogue and what it was made of.
struct Known {
    own: OwnWords,
    catalogue: &'static Catalogue,
    source: JsValue,
}

thread_local! {
    /// Catalogues live as long as the page: one for each language, and for each set of a host's own words in it.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

impl Catalogue {
    /// The catalogue that the loader fetched: an object as `catalogues/*.json` have it.
    #[must_use]
    pub fn of_page(words: &JsValue) -> &'static Self {
        let language = get(words, "language").and_then(|tag| tag.as_string()).unwrap_or_default();
        known(&language, &OwnWords::default(), || words.clone())
    }

    /// This catalogue with the host page's own words in it.
    #[must_use]
    pub fn with(&'static self, own: &OwnWords) -> &'static Self {
        let source = || {
            let plain = |known: &&Known| known.catalogue.language == self.language;
            KNOWN.with_borrow(|all| all.iter().find(plain).map_or(JsValue::UNDEFINED, |known| known.source.clone()))
        };
        known(self.language, own, source)
    }
}

/// The catalogue of `language` with the words `own`, made of what `source` gives; once.
fn known(language: &str, own: &OwnWords, source: impl FnOnce() -> JsValue) -> &'static Catalogue {
    let is_it = |known: &&Known| known.catalogue.language == language && known.own == *own;
    if let Some(catalogue) = KNOWN.with_borrow(|all| all.iter().find(is_it).map(|known| known.catalogue)) {
        return catalogue;
    }
    let source = source();
    let find = |key: &str, form: Option<&str>| match own.find(key, form) {
        Ok(text) => Some(keep(text.to_owned())),
        Err(false) => None,
        Err(true) => {
            let found = get(&source, key)?;
            let text = if let Some(form) = form { get(&found, form)? } else { found };
            text.as_string().map(keep)
        }
    };
    let catalogue: &'static Catalogue = Box::leak(Box::new(Catalogue::read(keep(language.to_owned()), &find)));
    KNOWN.with_borrow_mut(|all| all.push(Known { own: own.clone(), catalogue, source }));
    catalogue
}

fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into()).ok()
}

fn keep(text: String) -> Text {
    Box::leak(text.into_boxed_str())
}
