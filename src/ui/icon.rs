//! Line drawings on buttons. They say nothing that the button's words do not: screen readers pass them over.

use leptos::prelude::*;
use leptos::svg;

pub use crate::view::icons::{DONE, HEART, LINK, LISTEN, MORE, SHARE};

/// An icon of 20 by 20 units, drawn by `path` (SVG 2, section 9.3) in the colour of the text around it.
pub fn icon(path: &'static str) -> impl IntoView {
    drawn(path, "icon")
}

/// As [`icon`], of a drawing that has a beginning and an end, drawn for a reader from left to right: it is turned for one
/// from right to left. None is that looks the same from both sides, or shows a thing of the world: a player's triangle,
/// a tick, a tray.
pub fn turning(path: &'static str) -> impl IntoView {
    drawn(path, "icon turns")
}

fn drawn(path: &'static str, class: &'static str) -> impl IntoView {
    svg::svg()
        .attr("class", class)
        .attr("viewBox", "0 0 20 20")
        .attr("aria-hidden", "true")
        .child(svg::path().attr("d", path))
}
