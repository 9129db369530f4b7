//! The form for a comment as it is before its reader steps into it.

use maqal_reading::open;
use maqal_reading::view::Script;

use crate::parts::{attr_word, word};

/// The form; its empty fields run as `dir` says.
pub fn composer(dir: &str, out: &mut Script) {
    open!(out, "form", "class" = "composer", "part" = "composer", "novalidate" = "");
    attr_word("aria-label", "send", out);
    open!(out, "div", "class" = "field");
    open!(out, "label", "for" = "name");
    word("name_label", out);
    open!(
        out,
        "input",
        "part" = "field",
        "id" = "name",
        "name" = "name",
        "type" = "text",
        "autocomplete" = "name",
        "required" = "",
        "aria-describedby" = "name-error"
    );
    out.attr("dir", dir);
    out.close();
    open!(out, "p", "id" = "name-error", "class" = "refusal");
    out.close();
    out.close();
    open!(out, "div", "class" = "field");
    open!(out, "label", "for" = "body");
    word("body_label", out);
    open!(
        out,
        "textarea",
        "part" = "field",
        "id" = "body",
        "name" = "body",
        "rows" = "3",
        "required" = "",
        "aria-describedby" = "body-error body-count"
    );
    out.attr("dir", dir);
    out.close();
    open!(out, "p", "id" = "body-error", "class" = "refusal");
    out.close();
    out.close();
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
