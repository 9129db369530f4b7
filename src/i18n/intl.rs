//! Thin calls into the browser's `Intl` (ECMA-402).

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

pub(super) fn number(tag: &str, n: u64) -> String {
    let format = Intl::NumberFormat::new(&locales(tag), &Object::new());
    text(format.format().call1(&JsValue::UNDEFINED, &JsValue::from_f64(as_f64(n))))
}

pub(super) fn plural_category(tag: &str, n: u64) -> String {
    Intl::PluralRules::new(&locales(tag), &Object::new()).select(as_f64(n)).into()
}

pub(super) fn date_time(tag: &str, milliseconds: f64, options: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&locales(tag), &object(options));
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds));
    text(format.format().call1(&JsValue::UNDEFINED, &date))
}

pub(super) fn relative(tag: &str, amount: f64, unit: &str) -> String {
    let format = Intl::RelativeTimeFormat::new(&locales(tag), &object(&[("numeric", "auto")]));
    format.format(amount, unit).into()
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
