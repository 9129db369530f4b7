//! How the card looks: some of its states as pictures that are kept, and what sets another picture apart from one.

use std::path::{Path, PathBuf};

use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};

use crate::browser::Browser;
use crate::picture::{Device, Frame, shot, show_on};
use crate::states::{Shown, States};

/// A telephone, in pictures of one pixel for each CSS pixel: they are many.
const PHONE: Device = Device { name: "phone", width: 390, height: 844, scale: 1, mobile: true };

/// A window in which the card is a column.
const DESKTOP: Device = Device { name: "desktop", width: 820, height: 900, scale: 1, mobile: false };

/// The card as a whole.
const WHOLE: &str = "return document.querySelector('maqal-card')";

/// The conversation's part of the card.
const TALK: &str = "return document.querySelector('maqal-card').shadowRoot.querySelector('.talk')";

/// A state that is kept in a picture.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    state: &'static str,
    device: Device,
    shown: Shown,
    part: &'static str,
}

const fn look(
    state: &'static str,
    device: Device,
    theme: &'static str,
    lang: &'static str,
    part: &'static str,
) -> Look {
    Look { state, device, shown: Shown { theme, lang }, part }
}

/// On the telephone in light colours and on the desktop in dark ones, from right to left.
const TWICE: [(&str, &str); 14] = [
    ("ready", WHOLE),
    ("long", WHOLE),
    ("loading", WHOLE),
    ("article-error", WHOLE),
    ("wrong-attributes", WHOLE),
    ("empty", TALK),
    ("comments-error", TALK),
    ("nested", TALK),
    ("marks", TALK),
    ("invalid", TALK),
    ("preview", TALK),
    ("offline", TALK),
    ("discard", TALK),
    ("report", TALK),
];

/// Other colours, and the other direction.
const ONCE: [Look; 5] = [
    look("comfort", PHONE, "sepia", "ar", WHOLE),
    look("reply", PHONE, "sepia", "ar", TALK),
    look("ready", DESKTOP, "light", "en", WHOLE),
    look("menu", PHONE, "dark", "en", TALK),
    look("fresh", PHONE, "light", "en", TALK),
];

/// Every state that is kept in a picture.
#[must_use]
pub fn looks() -> Vec<Look> {
    let twice = TWICE
        .into_iter()
        .flat_map(|(state, part)| [look(state, PHONE, "light", "ar", part), look(state, DESKTOP, "dark", "ar", part)]);
    twice.chain(ONCE).collect()
}

impl Look {
    /// The name of its file, without what follows the dot.
    #[must_use]
    pub fn name(&self) -> String {
        let Shown { theme, lang } = self.shown;
        let language = if lang == "ar" { String::new() } else { ["-", lang].concat() };
        format!("{}-{}-{theme}{language}", self.state, self.device.name)
    }

    /// Where it is kept.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures/states").join(self.name()).with_extension("png")
    }

    /// Takes the picture: a PNG.
    pub async fn take(&self, states: &States, browser: &Browser) -> Vec<u8> {
        let scheme = if self.shown.theme == "dark" { "dark" } else { "light" };
        show_on(browser, self.device, scheme).await;
        let card = states.open(browser, self.state, self.shown).await;
        // A caret is there, or is not.
        let no_caret = "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { caret-color: transparent !important; }');
            root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]";
        card.run(no_caret, vec![]).await;
        browser.painted().await;
        shot(browser, Frame::Element(self.part)).await
    }
}

/// The side of a block, in pixels: letters are smoothed otherwise on every machine, their weight in a block is the same.
const BLOCK: usize = 8;

/// Two blocks differ where the means of one of their colours are so far apart, of 255.
const FAR: u32 = 14;

/// So many of all blocks may differ.
const SHARE: f64 = 0.01;

/// One picture may be so much wider or taller than the other.
const LARGER: f64 = 0.02;

/// Decoded pixels: red, green and blue of each, row by row.
#[derive(Clone, Debug)]
pub struct Pixels {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Pixels {
    /// Decodes a PNG.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(png: &[u8]) -> Result<Self, String> {
        let mut decoder = Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
        let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
        let mut pixels = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
        let info = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
        pixels.truncate(info.buffer_size());
        let rgb = match info.color_type {
            ColorType::Rgb => pixels,
            ColorType::Rgba => pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
            other => return Err(format!("a picture of the type {other:?}")),
        };
        Ok(Self { width: info.width as usize, height: info.height as usize, rgb })
    }

    /// The mean colour of the block in this column and row.
    fn mean(&self, column: usize, row: usize) -> [u32; 3] {
        let (xs, ys) = (block(column, self.width), block(row, self.height));
        let count = (xs.len() * ys.len()).max(1) as u32;
        let mut sum = [0; 3];
        for y in ys {
            for x in xs.clone() {
                let at = (y * self.width + x) * 3;
                for (sum, colour) in sum.iter_mut().zip(&self.rgb[at..at + 3]) {
                    *sum += u32::from(*colour);
                }
            }
        }
        sum.map(|sum| sum / count)
    }

    /// How far apart the farthest two pixels in the same place are, in one of their colours, of 255; `None` where the sizes differ.
    #[must_use]
    pub fn farthest(&self, other: &Self) -> Option<u8> {
        let is_as_large = (self.width, self.height) == (other.width, other.height);
        let differences = self.rgb.iter().zip(&other.rgb).map(|(one, other)| one.abs_diff(*other));
        is_as_large.then(|| differences.max().unwrap_or_default())
    }

    /// What sets `now` apart from this picture, where it is more than another machine does.
    #[must_use]
    pub fn difference(&self, now: &Self) -> Option<Difference> {
        let is_larger = |one: usize, other: usize| one.abs_diff(other) as f64 > LARGER * one.max(other) as f64;
        if is_larger(self.width, now.width) || is_larger(self.height, now.height) {
            let [width, height] = [now.width, now.height];
            let why = format!("it has {width} by {height} pixels, and had {} by {}", self.width, self.height);
            return Some(Difference { why, marked: now.clone() });
        }
        let columns = self.width.min(now.width).div_ceil(BLOCK);
        let rows = self.height.min(now.height).div_ceil(BLOCK);
        let blocks = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let differ = |&(column, row): &(usize, usize)| {
            let (before, now) = (self.mean(column, row), now.mean(column, row));
            before.iter().zip(now).any(|(before, now)| before.abs_diff(now) > FAR)
        };
        let differing: Vec<_> = blocks.filter(differ).collect();
        let share = differing.len() as f64 / (columns * rows).max(1) as f64;
        (share > SHARE).then(|| {
            let mut marked = now.clone();
            for (column, row) in differing {
                marked.mark(column, row);
            }
            let why = format!("{:.1} % of it looks otherwise, of which {:.1} % may", share * 100.0, SHARE * 100.0);
            Difference { why, marked }
        })
    }

    /// Reddens a block.
    fn mark(&mut self, column: usize, row: usize) {
        for y in block(row, self.height) {
            for x in block(column, self.width) {
                let at = (y * self.width + x) * 3;
                self.rgb[at] = 255;
                self.rgb[at + 1] /= 2;
                self.rgb[at + 2] /= 2;
            }
        }
    }

    /// As PNG.
    ///
    /// # Errors
    /// Where it cannot be encoded.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        let mut encoder = Encoder::new(&mut out, self.width as u32, self.height as u32);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&self.rgb).map_err(|error| error.to_string())?;
        drop(writer);
        Ok(out)
    }
}

/// The pixels of a block, along one side of a picture that has `length` of them.
fn block(number: usize, length: usize) -> std::ops::Range<usize> {
    (number * BLOCK).min(length)..((number + 1) * BLOCK).min(length)
}

/// What sets a picture apart from the one that is kept.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In words.
    pub why: String,
    /// The picture, with what looks otherwise in red.
    pub marked: Pixels,
}

#[cfg(test)]
mod tests {
    use super::Pixels;

    /// A light page with a dark bar of this height at the top, and some noise.
    fn page(width: usize, height: usize, bar: usize, noise: u8) -> Pixels {
        let rgb = (0..width * height)
            .flat_map(|at| {
                let ground = if at / width < bar { 30 } else { 230 };
                [ground + (at % 2) as u8 * noise; 3]
            })
            .collect();
        Pixels { width, height, rgb }
    }

    #[test]
    fn smoothing_and_a_pixel_more_are_no_difference() {
        assert!(page(400, 800, 64, 0).difference(&page(400, 800, 64, 12)).is_none());
        assert!(page(400, 800, 64, 0).difference(&page(400, 801, 64, 0)).is_none());
    }

    #[test]
    fn another_size_colour_or_place_is_a_difference() {
        assert!(page(400, 800, 64, 0).difference(&page(400, 820, 64, 0)).unwrap().why.contains("820"));
        assert!(page(400, 800, 64, 0).difference(&page(400, 800, 80, 0)).unwrap().why.contains('%'));
    }

    #[test]
    fn the_farthest_pixels_are_found() {
        assert_eq!(page(40, 30, 9, 0).farthest(&page(40, 30, 9, 3)), Some(3));
        assert_eq!(page(40, 30, 9, 0).farthest(&page(40, 31, 9, 0)), None);
    }

    #[test]
    fn a_picture_is_read_as_it_was_written() {
        let page = page(40, 30, 9, 3);
        let read = Pixels::read(&page.png().unwrap()).unwrap();
        assert_eq!((read.width, read.height), (40, 30));
        assert_eq!(read.rgb, page.rgb);
        assert!(Pixels::read(b"GIF89a").is_err());
    }
}
