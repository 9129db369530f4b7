//! A person's initial in a disc: no picture is fetched from anybody's server.

use leptos::html;
use leptos::prelude::*;

/// The disc for `name`. It says nothing that the name beside it does not: screen readers pass it over.
pub fn avatar(name: &str) -> impl IntoView + use<> {
    html::span().class("face").aria_hidden("true").child(initial(name))
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
