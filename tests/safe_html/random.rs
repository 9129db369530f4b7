//! Random strings of markup, through the browser's own parser and onto the page.

use maqal::safe_html::Profile;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::corpus::{faults, shown, take_away};

const NAMES: &str = "p br b i a pre code blockquote ul ol li bdi h1 h2 h6 figure figcaption img hr table thead tbody tfoot \
    tr th td caption dl dt dd ruby rt rp details summary video audio source iframe abbr script style template noscript \
    noembed noframes object embed svg math title meta link base textarea select option input button xmp form div span \
    section font center marquee x-card mglyph malignmark mtext mi annotation-xml foreignobject desc colgroup col slot \
    image picture main body html head nobr frameset applet set animate use path";

const ATTRIBUTES: [&str; 20] = [
    "href=#x",
    "href=javascript:top.__hit=1",
    "href=https://x.example/",
    "src=data:,x",
    "src=x:y",
    "id=x",
    "name=nodeName",
    "class=card",
    "style=display:none",
    "onerror=top.__hit=1",
    "onclick=top.__hit=1",
    "title='</style><img src onerror=top.__hit=1>'",
    "title='--><script>top.__hit=1</script>'",
    "dir=rtl",
    "lang=ar",
    "width=640",
    "colspan=2",
    "srcdoc='<script>top.__hit=1</script>'",
    "encoding=text/html",
    "shadowrootmode=open",
];

const PIECES: [&str; 16] = [
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?x",
    "<!doctype html>",
    "<",
    "</",
    "&lt;",
    "\"",
    "'",
    "كلمة",
    " word ",
    "\n",
    "\0",
];

/// Marsaglia's xorshift with 64 bits: the same seed, the same markup.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }

    fn markup(&mut self) -> String {
        let names: Vec<&str> = NAMES.split_whitespace().collect();
        let mut out = String::new();
        for _ in 0..self.roll(60) {
            match self.roll(10) {
                0..=4 => {
                    out.extend(["<", self.one_of(&names)]);
                    for _ in 0..self.roll(4) {
                        out.extend([" ", self.one_of(&ATTRIBUTES)]);
                    }
                    out.push('>');
                }
                5..=7 => out.extend(["</", self.one_of(&names), ">"]),
                _ => out.push_str(self.one_of(&PIECES)),
            }
        }
        out
    }
}

#[wasm_bindgen_test]
fn random_markup_leaves_nothing_that_is_not_listed_and_is_the_same_tree_when_parsed_again() {
    for seed in 1..=1500 {
        let html = Dice(u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15)).markup();
        for profile in [Profile::Article, Profile::Comment] {
            let roots = shown(&html, profile);
            assert_eq!(faults(&roots[1], profile), [""; 0], "seed {seed}, {profile:?}: {html}");
            take_away(&roots);
        }
    }
}
