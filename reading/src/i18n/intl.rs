//! Thin calls into the browser's `Intl` (ECMA-402).

use std::cell::RefCell;

use js_sys::{Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::locales;

/// The canonical spelling of `tag`, or `None` where the browser throws a `RangeError`.
pub(super) fn canonical(tag: &str) -> Option<String> {
    // The binding of `Intl.getCanonicalLocales` does not catch the throw; the property is looked up instead.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let get: Function = Reflect::get(&intl, &"getCanonicalLocales".into()).ok()?.dyn_into().ok()?;
    let list = get.call1(&intl, &tag.into()).ok()?;
    Reflect::get_u32(&list, 0).ok()?.as_string()
}

/// Whether the browser can write dates in the language of `tag`; one that cannot takes the reader's own language for it.
pub(super) fn knows(tag: &str) -> bool {
    Intl::DateTimeFormat::supported_locales_of(&locales(tag), &Object::new()).length() > 0
}

thread_local! {
    static FORMATS: RefCell<Vec<(&'static str, String, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// The formatter of one kind for `tag`: browsers take some hundred times as long to make one as to use it, and each comment
/// of a conversation uses four.
fn format<T: JsCast>(kind: &'static str, tag: &str, make: impl FnOnce() -> T) -> T {
    let known = FORMATS.with_borrow(|formats| {
        let found = formats.iter().find(|(of, language, _)| *of == kind && language == tag);
        found.map(|(_, _, format)| format.clone())
    });
    let format = known.unwrap_or_else(|| {
        let made: JsValue = make().into();
        FORMATS.with_borrow_mut(|formats| formats.push((kind, tag.to_owned(), made.clone())));
        made
    });
    format.unchecked_into()
}

pub(super) fn number(tag: &str, n: u64) -> String {
    let format = format("number", tag, || Intl::NumberFormat::new(&locales(tag), &Object::new()).format());
    text(format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(as_f64(n))))
}

/// `n` without separators, in at least that many digits.
pub(super) fn digits(tag: &str, n: u32, at_least: usize) -> String {
    let number = |n: u32| -> String {
        let make = || {
            let options = Object::new();
            // Setting a property of a fresh plain object cannot fail.
            let _ = Reflect::set(&options, &"useGrouping".into(), &JsValue::FALSE);
            Intl::NumberFormat::new(&locales(tag), &options).format()
        };
        text(format("digits", tag, make).call1(&JsValue::UNDEFINED, &n.into()))
    };
    let written = number(n);
    let missing = at_least.saturating_sub(written.chars().count());
    [number(0).repeat(missing), written].concat()
}

pub(super) fn plural_category(tag: &str, n: u64) -> String {
    let rules = format("plural", tag, || Intl::PluralRules::new(&locales(tag), &Object::new()));
    rules.select(as_f64(n)).into()
}

/// How a date is written.
#[derive(Clone, Copy)]
pub(super) enum DateKind {
    /// The day.
    Day,
    /// The day of the week too, and the time.
    Full,
}

pub(super) fn date_time(tag: &str, date: &js_sys::Date, kind: DateKind) -> String {
    let (name, options): (_, &[_]) = match kind {
        DateKind::Day => ("day", &[("dateStyle", "long")]),
        DateKind::Full => ("moment", &[("dateStyle", "full"), ("timeStyle", "short")]),
    };
    let format = format(name, tag, || Intl::DateTimeFormat::new(&locales(tag), &object(options)).format());
    text(format.call1(&JsValue::UNDEFINED, date))
}

pub(super) fn relative(tag: &str, amount: f64, unit: &str) -> String {
    let make = || Intl::RelativeTimeFormat::new(&locales(tag), &object(&[("numeric", "auto")]));
    format("relative", tag, make).format(amount, unit).into()
}

fn object(entries: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &(*key).into(), &(*value).into());
    }
    object
}

fn text(value: Result<JsValue, JsValue>) -> String {
    value.ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// Counts beyond 2^53 are not counts of comments; precision is not needed there.
fn as_f64(n: u64) -> f64 {
    n as f64
}
