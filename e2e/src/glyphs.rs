//! Where glyphs stand: the visual order of a text, as the browser has laid it out (`Range.getClientRects`, CSSOM View,
//! section 10).

use serde_json::{Value, json};

use crate::card::Card;

/// The lines of `args[0]`, each as the characters from left to right, without controls and marks.
const LINES: &str = r#"// What is skipped while it is far off the screen has no place (`content-visibility`).
for (let up = $(args[0]); up; up = up.parentElement) up.style.contentVisibility = "visible";
const walker = document.createTreeWalker($(args[0]), NodeFilter.SHOW_TEXT);
const lines = [];
for (let node; (node = walker.nextNode()); ) {
  let at = 0;
  for (const c of node.data) {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, (at += c.length));
    // WebKit begins with an empty one where the character is the first of a run the other way.
    const boxes = [...range.getClientRects()];
    // It tells none of a full stop that is drawn together with what stands before it.
    const box = boxes.find((box) => box.width > 0) ?? boxes[0];
    if (!box || /\p{M}|\p{Cf}/u.test(c)) continue;
    const middle = (box.top + box.bottom) / 2;
    let line = lines.find((line) => line.top < middle && middle < line.bottom);
    if (!line) lines.push((line = { top: box.top, bottom: box.bottom, glyphs: [] }));
    line.glyphs.push([box.left, /\s/.test(c) ? " " : c]);
  }
}
lines.sort((a, b) => a.top - b.top);
return lines.map(({ glyphs }) => glyphs.sort((a, b) => a[0] - b[0]).map(([, c]) => c).join(""));"#;

/// The letters that [`arabic`] puts for A to Z: no two of them make a ligature.
const LETTERS: &str = "ابتثجحخدذرزسشصضطظعغفقكمنهي";

/// `text` with Arabic letters for its capitals. So UAX #9 writes its own examples: what is read from right to left can
/// be told apart, and the order in which it is seen be written down, in any editor.
#[must_use]
pub fn arabic(text: &str) -> String {
    let letter = |c: char| c.is_ascii_uppercase().then(|| LETTERS.chars().nth(c as usize - 'A' as usize)).flatten();
    text.chars().map(|c| letter(c).unwrap_or(c)).collect()
}

/// The reverse of [`arabic`].
#[must_use]
pub fn capitals(text: &str) -> String {
    let capital = |c: char| LETTERS.chars().zip('A'..='Z').find(|(letter, _)| *letter == c).map(|(_, capital)| capital);
    text.chars().map(|c| capital(c).unwrap_or(c)).collect()
}

impl Card<'_> {
    /// The lines of the first element that `css` finds, each from left to right, with capitals for Arabic letters.
    /// Brackets are told as they were typed, not as the mirrored glyph that is drawn.
    pub async fn visual(self, css: &str) -> Vec<String> {
        let lines = self.run(LINES, vec![json!(css)]).await;
        let line = |line: &Value| {
            let words = capitals(line.as_str().unwrap_or_default());
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        lines.as_array().into_iter().flatten().map(line).collect()
    }

    /// The horizontal extent of the first element that `css` finds: left and right, in CSS pixels.
    pub async fn extent(self, css: &str) -> (f64, f64) {
        let script = "const box = $(args[0]).getBoundingClientRect(); return [box.left, box.right]";
        let extent = self.run(script, vec![json!(css)]).await;
        (extent[0].as_f64().unwrap_or(f64::NAN), extent[1].as_f64().unwrap_or(f64::NAN))
    }
}
