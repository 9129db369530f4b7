//! A view written down as one text, which `embed/build.js` builds: one call for a whole card costs less than one for each of its
//! nodes.
//!
//! Each token begins with a control character that says what it is; what is written is no markup, and nothing in it is parsed as
//! such. Words, numbers and dates are named, and the builder says them in the card's language.
//!
//! | token | what it is |
//! | --- | --- |
//! | U+0001 | an element begins: its name |
//! | U+0002 | an attribute: its name; strings and phrases that follow are its value |
//! | U+0003 | a string |
//! | U+0004 | a text; what follows is text too |
//! | U+0005 | the element ends |
//! | U+0006 | a phrase of the catalogue: its key, which may be empty for the number alone |
//! | U+0007 | the number of that phrase |
//! | U+0008 | what is filled into that phrase: the name, U+000E, the text |
//! | U+000F | what the builder says itself: `c` a capital letter, else a [`Moment`]; the letter or the date follows as a string |

use super::{Element, Node};
use crate::text::number::decimal;

/// Begins an element of a [`Script`], with what of its attributes is known beforehand: all of it is one literal.
///
#[macro_export]
macro_rules! open {
    ($script:expr, $name:literal $(, $attribute:literal = $value:literal)*) => {
        $script.literal(concat!("\u{1}", $name $(, "\u{2}", $attribute, "\u{3}", $value)*))
    };
}

/// How a moment is told, in an element of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The day.
    Day,
    /// The day of a change, where it is another one than the day that was told before.
    Updated,
    /// How long ago; the date is its tooltip.
    Ago,
    /// That a comment was changed; when is its tooltip.
    Edited,
}

/// A view that is being written down: each element is begun by [`open!`](crate::open), and then ends.
#[derive(Debug, Default)]
pub struct Script(String);

impl Script {
    /// Tokens as they are: what [`open!`](crate::open) makes.
    pub fn literal(&mut self, tokens: &'static str) {
        self.0.push_str(tokens);
    }

    /// An element begins.
    pub fn element(&mut self, name: &str) {
        self.push('\u{1}', name);
    }

    /// An attribute of the element that has just begun.
    pub fn attr(&mut self, name: &str, value: &str) {
        self.push('\u{2}', name);
        self.push('\u{3}', value);
    }

    /// An attribute, where it has a value.
    pub fn attr_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.attr(name, value);
        }
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.push('\u{4}', text);
    }

    /// A phrase of the catalogue, after an attribute's name or a text.
    pub fn phrase(&mut self, key: &str) {
        self.push('\u{6}', key);
    }

    /// The number of the phrase before it.
    pub fn number(&mut self, number: u64) {
        self.push('\u{7}', &decimal(number));
    }

    /// What is filled in for `{name}` in the phrase before it.
    pub fn fill(&mut self, name: &str, text: &str) {
        self.push('\u{8}', name);
        self.push('\u{E}', text);
    }

    /// The name of an attribute whose value follows.
    pub fn name(&mut self, name: &str) {
        self.push('\u{2}', name);
    }

    /// A string of an attribute's value.
    pub fn string(&mut self, text: &str) {
        self.push('\u{3}', text);
    }

    /// A letter as a capital, after a text.
    pub fn capital(&mut self, letter: char) {
        self.literal("\u{F}c");
        self.push('\u{3}', letter.encode_utf8(&mut [0; 4]));
    }

    /// A moment, in ISO 8601; where it is empty, nothing.
    pub fn moment(&mut self, how: Moment, text: &str) {
        self.literal(match how {
            Moment::Day => "\u{F}d",
            Moment::Updated => "\u{F}u",
            Moment::Ago => "\u{F}a",
            Moment::Edited => "\u{F}e",
        });
        self.push('\u{3}', text);
    }

    /// The element that began last, and has not ended, ends.
    pub fn close(&mut self) {
        self.0.push('\u{5}');
    }

    /// A string beside the view, before it: those who take it part the whole at U+0000.
    pub fn field(&mut self, text: &str) {
        self.push_text(text);
        self.0.push('\0');
    }

    /// Nodes that are plain data.
    pub fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element(Element { name, attributes, children }) => {
                    self.element(name);
                    for (name, value) in attributes {
                        self.attr(name, value);
                    }
                    self.nodes(children);
                    self.close();
                }
            }
        }
    }

    /// What is written.
    #[must_use]
    pub fn finish(self) -> String {
        self.0
    }

    fn push(&mut self, kind: char, text: &str) {
        self.0.push(kind);
        self.push_text(text);
    }

    /// No text says what begins a token: control characters show nothing anywhere.
    fn push_text(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            if matches!(byte, 0..=8 | 14 | 15) {
                self.0.push_str(&text[from..at]);
                from = at + 1;
            }
        }
        self.0.push_str(&text[from..]);
    }
}

#[cfg(test)]
mod tests {
    use super::Script;
    use crate::view::{Node, element};

    #[test]
    fn what_a_text_says_ends_no_token() {
        let evil = "a\u{5}\u{1}script\u{4}b\u{2}\u{3}";
        let view = [Node::from(element("p").attr("title", evil).with(evil).with(element("br"))), "c".into()];
        let mut script = Script::default();
        script.nodes(&view);
        assert_eq!(script.finish(), "\u{1}p\u{2}title\u{3}ascriptb\u{4}ascriptb\u{1}br\u{5}\u{5}\u{4}c");
    }

    #[test]
    fn what_is_known_beforehand_is_written_as_the_rest() {
        let mut script = Script::default();
        open!(script, "p", "class" = "lead");
        script.attr("dir", "auto");
        script.close();
        assert_eq!(script.finish(), "\u{1}p\u{2}class\u{3}lead\u{2}dir\u{3}auto\u{5}");
    }
}
