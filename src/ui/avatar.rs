//! A person's face in a disc: the portrait that a publisher gives, else the initial. No picture of a commenter's is
//! fetched from anybody's server.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::url::HttpUrl;

/// The disc for `name`. It says nothing that the name beside it does not: screen readers pass it over.
pub fn avatar(name: &str) -> impl IntoView + use<> {
    html::span().class("face").attr("part", "portrait").aria_hidden("true").child(initial(name))
}

/// The disc with the portrait at `src`. While it is on its way, and where it does not come, the initial shows.
pub fn portrait(name: &str, src: &HttpUrl) -> impl IntoView + use<> {
    let missing = RwSignal::new(false);
    let src = src.as_str().to_owned();
    let picture = move || {
        (!missing.get()).then(|| {
            html::img()
                .alt("")
                .attr("loading", "lazy")
                .attr("decoding", "async")
                .attr("referrerpolicy", "no-referrer")
                .on(ev::error, move |_| missing.set(true))
                .src(src.clone())
        })
    };
    html::span().class("face").attr("part", "portrait").aria_hidden("true").child((initial(name), picture))
}

/// The first letter or digit of `name`.
fn initial(name: &str) -> String {
    let mut letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.next().map_or_else(|| "؟".to_owned(), |letter| letter.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn the_initial_is_the_first_letter_whatever_stands_before_it() {
        assert_eq!(initial("«سلمى» العلوي"), "س");
        assert_eq!(initial("julie"), "J");
        assert_eq!(initial("!!"), "؟");
    }
}
