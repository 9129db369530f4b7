//! The small parts that article and comments share.

use maqal_contract::Badge;
use maqal_reading::open;
use maqal_reading::safe_html::{SafeHtml, heading_element};
use maqal_reading::text::number::decimal;
use maqal_reading::view::Script;
use maqal_reading::view::prose::{dir, prose};

/// A word of the catalogue, and the end of its element.
pub fn word(key: &str, out: &mut Script) {
    out.text("");
    out.phrase(key);
    out.close();
}

/// A phrase of the catalogue with its number, and the end of its element.
pub fn counted(key: &str, number: u64, out: &mut Script) {
    out.text("");
    out.phrase(key);
    out.number(number);
    out.close();
}

/// A phrase of the catalogue in which `{name}` is filled in, and the end of its element.
pub fn filled(key: &str, name: &str, text: &str, out: &mut Script) {
    out.text("");
    out.phrase(key);
    out.fill(name, text);
    out.close();
}

/// A text, and the end of its element.
pub fn closed(text: &str, out: &mut Script) {
    out.text(text);
    out.close();
}

/// An attribute that is a word of the catalogue.
pub fn attr_word(name: &str, key: &str, out: &mut Script) {
    out.name(name);
    out.phrase(key);
}

/// An attribute that is a phrase in which `{what}` is filled in.
pub fn attr_filled(name: &str, key: &str, what: &str, text: &str, out: &mut Script) {
    attr_word(name, key, out);
    out.fill(what, text);
}

/// A foreign text that is alone in its element, and the element's end.
pub fn saying(text: &str, out: &mut Script) {
    out.attr_if("dir", dir(text));
    out.nodes(&prose(text));
    out.close();
}

/// A heading of this level begins.
pub fn open_heading(level: u8, out: &mut Script) {
    let (name, deeper) = heading_element(level);
    out.element(name);
    if let Some(level) = deeper {
        out.attr("role", "heading");
        out.attr("aria-level", &decimal(level.into()));
    }
}

/// An icon of 20 by 20 units.
pub fn icon(path: &str, out: &mut Script) {
    open!(out, "svg", "class" = "icon", "viewBox" = "0 0 20 20", "aria-hidden" = "true");
    open!(out, "path");
    out.attr("d", path);
    out.close();
    out.close();
}

/// The disc with a person's initial, and the portrait over it where there is one.
pub fn face(name: &str, portrait: Option<&str>, out: &mut Script) {
    open!(out, "span", "class" = "face", "part" = "portrait", "aria-hidden" = "true");
    out.capital(name.chars().find(|c| c.is_alphanumeric()).unwrap_or('؟'));
    if let Some(src) = portrait {
        open!(out, "img", "alt" = "", "loading" = "lazy", "decoding" = "async", "referrerpolicy" = "no-referrer");
        out.attr("src", src);
        out.close();
    }
    out.close();
}

/// What the host page says that an author is.
pub fn badge(badge: Badge, out: &mut Script) {
    open!(out, "span", "class" = "tag", "part" = "badge");
    let key = match badge {
        Badge::Author => "badge_author",
        Badge::Staff => "badge_staff",
    };
    word(key, out);
}

/// Markup; references are resolved against `base`, headings stand under one of the level `above`.
pub fn markup(html: &SafeHtml, base: &str, above: u8, out: &mut Script) {
    open!(out, "div", "class" = "markup");
    out.nodes(&html.view(base, above));
    out.close();
}
