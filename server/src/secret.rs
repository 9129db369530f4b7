//! What proves that a comment is its author's, and what tells one submission from another.
//!
//! A secret is HMAC-SHA-256 (RFC 2104) of the comment's id under a random key of this database. So it cannot be
//! guessed, is the same again when a submission is repeated, and stands nowhere in the file.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use maqal_contract::{IdempotencyKey, NewComment};
use sha2::{Digest, Sha256};

/// The length of a [`Keys`]' key in bytes: one block of SHA-256, which HMAC takes as it is.
pub const KEY_BYTES: usize = 64;

/// Makes secrets and the names of submissions from one random key.
#[derive(Clone)]
pub struct Keys(Hmac<Sha256>);

impl Keys {
    /// From the key that the database keeps.
    #[must_use]
    pub fn new(key: [u8; KEY_BYTES]) -> Self {
        Self(<Hmac<Sha256> as KeyInit>::new(&key.into()))
    }

    /// What lets the author of the comment `id` change it: 43 characters of base64url (RFC 4648, section 5).
    #[must_use]
    pub fn author_secret(&self, id: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac("author-secret:", id))
    }

    /// The name under which the submission with this key is stored.
    #[must_use]
    pub fn submission(&self, key: &IdempotencyKey) -> [u8; 32] {
        self.mac("submission:", key.as_str())
    }

    fn mac(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.0.clone().chain_update(purpose).chain_update(text).finalize().into_bytes().into()
    }
}

/// A fingerprint of what was submitted. Each field stands after its length, so that no two comments share one by
/// moving text from one field to the next.
#[must_use]
pub fn fingerprint(comment: &NewComment) -> [u8; 32] {
    let NewComment { thread, name, body, .. } = comment;
    let mut hash = Sha256::new();
    for field in [thread, name, body] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{KEY_BYTES, Keys, fingerprint};
    use maqal_contract::{IdempotencyKey, NewComment};

    #[test]
    fn a_secret_depends_on_the_comment_and_on_the_database() {
        let (one, other) = (Keys::new([1; KEY_BYTES]), Keys::new([2; KEY_BYTES]));
        assert_eq!(one.author_secret("a"), one.author_secret("a"));
        assert_ne!(one.author_secret("a"), one.author_secret("b"));
        assert_ne!(one.author_secret("a"), other.author_secret("a"));
        assert_eq!(one.author_secret("a").len(), 43);
    }

    #[test]
    fn a_secret_is_hmac_sha_256() {
        // By OpenSSL: printf author-secret:a | openssl dgst -sha256 -mac HMAC -macopt hexkey:0101…
        let expected = "JoCWb15-mftXzXfYIdig90NzE0yovGaA78cNAbrz6oY";
        assert_eq!(Keys::new([1; KEY_BYTES]).author_secret("a"), expected);
    }

    #[test]
    fn a_submission_is_not_a_secret_of_the_same_text() {
        let keys = Keys::new([1; KEY_BYTES]);
        let key = IdempotencyKey::parse("8e03978e-40d5-43e8-bc93-6894a57f9324").unwrap();
        assert_ne!(keys.submission(&key), keys.mac("author-secret:", key.as_str()));
    }

    #[test]
    fn text_moved_between_fields_is_another_comment() {
        let comment = |name: &str, body: &str| NewComment {
            thread: "t".into(),
            name: name.into(),
            body: body.into(),
            ..NewComment::default()
        };
        assert_ne!(fingerprint(&comment("ab", "c")), fingerprint(&comment("a", "bc")));
    }
}
