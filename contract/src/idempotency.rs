//! The key that makes a repeated submission harmless.

use crate::limits::{IDEMPOTENCY_KEY_MAX, IDEMPOTENCY_KEY_MIN};

/// The header that carries an [`IdempotencyKey`]: `draft-ietf-httpapi-idempotency-key-header`.
pub const IDEMPOTENCY_KEY_HEADER: &str = "Idempotency-Key";

/// An unguessable name for one submission, chosen by the widget: the same key again is the same comment.
///
/// 16 to 128 visible ASCII characters; the widget sends a random UUID (RFC 9562).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Checks `raw`; the draft's structured-field quotes (`"…"`) are accepted and taken off.
    ///
    /// Returns `None` where the key is too short, too long or holds anything but visible ASCII.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        let bare = raw.strip_prefix('"').and_then(|r| r.strip_suffix('"')).unwrap_or(raw);
        let sized = (IDEMPOTENCY_KEY_MIN..=IDEMPOTENCY_KEY_MAX).contains(&bare.len());
        let visible = bare.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
        (sized && visible).then(|| Self(bare.to_owned()))
    }

    /// The key made of 16 random bytes: a UUID of version 4 (RFC 9562, section 5.4).
    #[must_use]
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = bytes[6] & 0x0F | 0x40;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        let mut uuid = String::with_capacity(36);
        for (index, byte) in bytes.into_iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                uuid.push('-');
            }
            for nibble in [byte >> 4, byte & 0x0F] {
                uuid.extend(char::from_digit(nibble.into(), 16));
            }
        }
        Self(uuid)
    }

    /// The key as it travels, without quotes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::IdempotencyKey;

    #[test]
    fn accepts_a_uuid_bare_or_as_a_structured_string() {
        let uuid = "8e03978e-40d5-43e8-bc93-6894a57f9324";
        assert_eq!(IdempotencyKey::parse(uuid).unwrap().as_str(), uuid);
        assert_eq!(IdempotencyKey::parse(&format!("\"{uuid}\"")).unwrap().as_str(), uuid);
    }

    #[test]
    fn random_bytes_make_a_version_4_uuid_that_parses() {
        let key = IdempotencyKey::from_random([0xFF; 16]);
        assert_eq!(key.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(IdempotencyKey::parse(key.as_str()), Some(key));
    }

    #[test]
    fn refuses_what_is_short_long_or_not_visible_ascii() {
        for bad in ["", "short", "مفتاح-عربي-طويل-جدا", "has a space in the middle", &"k".repeat(129)] {
            assert_eq!(IdempotencyKey::parse(bad), None, "{bad:?}");
        }
    }
}
