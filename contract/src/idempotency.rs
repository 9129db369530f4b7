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
    fn refuses_what_is_short_long_or_not_visible_ascii() {
        for bad in ["", "short", "مفتاح-عربي-طويل-جدا", "has a space in the middle", &"k".repeat(129)] {
            assert_eq!(IdempotencyKey::parse(bad), None, "{bad:?}");
        }
    }
}
