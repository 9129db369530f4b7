//! Line drawings on buttons. They say nothing that the button's words do not: screen readers pass them over.

use leptos::prelude::*;
use leptos::svg;

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

/// An arrow out of a tray.
pub const SHARE: &str = "M10 12.5V3m0 0L6.5 6.5M10 3l3.5 3.5M4 10v6h12v-6";
/// Two links of a chain.
pub const LINK: &str =
    "M8.5 11.5a3 3 0 0 0 4.2 0l2.8-2.8a3 3 0 0 0-4.2-4.2l-1 1m1.2 3a3 3 0 0 0-4.2 0l-2.8 2.8a3 3 0 0 0 4.2 4.2l1-1";
/// A tick.
pub const DONE: &str = "M4 10.5l4 4 8-9";
/// A heart: it is the same from both sides.
pub const HEART: &str = "M10 16.5S3 12.4 3 7.6A3.6 3.6 0 0 1 10 6a3.6 3.6 0 0 1 7 1.6c0 4.8-7 8.9-7 8.9z";
/// Three dots in a line.
pub const MORE: &str = "M4.5 10h.01M10 10h.01M15.5 10h.01";
