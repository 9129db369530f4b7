//! Whole numbers as attributes and fields have them, without the library's reading and formatting, which weigh more than all of
//! them.

/// `number` in digits.
#[must_use]
pub fn decimal(number: u64) -> String {
    let mut written = if number > 9 { decimal(number / 10) } else { String::new() };
    written.push(char::from(b'0' + (number % 10) as u8));
    written
}

/// The number that `text` is, in ASCII digits; `None` for any other text, and beyond [`u32::MAX`].
#[must_use]
pub fn read(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let mut number = 0_u32;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::{decimal, read};

    #[test]
    fn numbers_are_written_and_read() {
        for number in [0, 9, 10, 1200, u32::MAX] {
            assert_eq!(decimal(number.into()), number.to_string());
            assert_eq!(read(&number.to_string()), Some(number));
        }
        for text in ["", "-1", "+1", "1.0", "4294967296", "٣", " 1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
