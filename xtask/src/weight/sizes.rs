//! How large a file is, raw and compressed.

use std::{io::Write, ops::AddAssign};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// Bytes: raw, by `gzip -9` and by `brotli -11`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    pub raw: usize,
    pub gzip: usize,
    pub brotli: usize,
}

impl Sizes {
    /// Compresses `bytes`.
    ///
    /// # Errors
    /// When a compressor fails.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes).context("gzip failed")?;
        let gzip = gzip.finish().context("gzip failed")?;
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters).context("brotli failed")?;
        Ok(Self { raw: bytes.len(), gzip: gzip.len(), brotli: brotli.len() })
    }

    /// A line of a table.
    pub fn row(self, name: &str) -> [String; 4] {
        [name.to_owned(), grouped(self.raw), grouped(self.gzip), grouped(self.brotli)]
    }
}

impl AddAssign for Sizes {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// With a gap between thousands: `1 234 567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1000), "1 000");
        assert_eq!(grouped(1_234_567), "1 234 567");
    }

    #[test]
    fn what_repeats_gets_smaller_and_totals_add_up() {
        let mut sizes = Sizes::of(&b"maqal ".repeat(500)).unwrap();
        assert!(sizes.raw == 3000 && sizes.gzip < 200 && sizes.brotli < sizes.gzip, "{sizes:?}");
        let one = sizes;
        sizes += one;
        assert_eq!(sizes.raw, 6000);
    }
}
