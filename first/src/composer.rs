//! The form for a comment as it is before its reader steps into it.

use maqal_reading::open;
use maqal_reading::view::Script;

use crate::parts::{attr_word, word};

/// The form; its empty fields run as `dir` says.
pub fn composer(dir: &str, out: &mut Script) {
    open!(out, "form", "class" = "composer", "part" = "composer", "novalidate" = "");
    attr_word("aria-label", "send", out);
    field("name", "name_label", dir, out, |out| {
        open!(out, "input", "type" = "text", "autocomplete" = "name", "aria-describedby" = "name-error");
    });
    field("body", "body_label", dir, out, |out| {
        open!(out, "textarea", "rows" = "3", "aria-describedby" = "body-error body-count");
    });
    open!(out, "div", "class" = "bar");
    open!(out, "div", "class" = "hints");
    open!(out, "span", "class" = "kept");
    out.close();
    open!(out, "span", "id" = "body-count", "class" = "count");
    out.close();
    open!(out, "span", "class" = "sr", "role" = "status");
    out.close();
    out.close();
    open!(
        out,
        "button",
        "class" = "send",
        "part" = "button send",
        "type" = "submit",
        "title" = "Ctrl+Enter",
        "aria-keyshortcuts" = "Control+Enter Meta+Enter"
    );
    word("send", out);
    out.close();
    out.close();
}

/// A field under its label, with room for a refusal; `begin` begins what is filled in.
fn field(id: &str, label: &str, dir: &str, out: &mut Script, begin: fn(&mut Script)) {
    open!(out, "div", "class" = "field");
    open!(out, "label");
    out.attr("for", id);
    word(label, out);
    begin(out);
    for name in ["id", "name"] {
        out.attr(name, id);
    }
    for (name, value) in [("part", "field"), ("required", ""), ("dir", dir)] {
        out.attr(name, value);
    }
    out.close();
    open!(out, "p", "class" = "refusal");
    out.attr("id", &[id, "-error"].concat());
    out.close();
    out.close();
}
