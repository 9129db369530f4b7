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

    /// Whether `secret` is that of the comment `id`; compared in constant time.
    #[must_use]
    pub fn proves_author(&self, id: &str, secret: &str) -> bool {
        let Ok(secret) = URL_SAFE_NO_PAD.decode(secret) else { return false };
        self.0.clone().chain_update("author-secret:").chain_update(id).verify_slice(&secret).is_ok()
    }

    /// The name under which a reader's likes and reports are stored.
    #[must_use]
    pub fn reader(&self, reader: &Reader) -> [u8; 32] {
        match reader {
            Reader::Device(name) => self.mac("reader:", name.as_str()),
            Reader::Subject(subject) => self.mac("reader-subject:", subject),
        }
    }

    fn mac(&self, purpose: &str, text: &str) -> [u8; 32] {
        self.0.clone().chain_update(purpose).chain_update(text).finalize().into_bytes().into()
    }
}

/// One reader, for likes and reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Named by his device, in the header `Maqal-Reader`.
    Device(IdempotencyKey),
    /// Known to the host page, by this `sub`: the same on all his devices.
    Subject(String),
}

/// A fingerprint of what was submitted. Each field stands after its length, so that no two comments share one by
/// moving text from one field to the next; what need not be given stands after its name, so that a comment without has
/// the fingerprint that it had before there were such fields.
///
/// For a reader whom the host page vouches for, his `subject` counts and not his name, which the host may change.
#[must_use]
pub fn fingerprint(comment: &NewComment, subject: Option<&str>) -> [u8; 32] {
    let NewComment { thread, parent, name, email, website, body } = comment;
    let name = if subject.is_some() { "" } else { name };
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    };
    [thread, name, body].into_iter().for_each(&mut add);
    let optional = [
        ("parent", parent.as_deref()),
        ("email", email.as_deref()),
        ("website", website.as_deref()),
        ("subject", subject),
    ];
    for (field, value) in optional {
        if let Some(value) = value {
            add(field);
            add(value);
        }
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{KEY_BYTES, Keys, Reader, fingerprint};
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
    fn only_its_own_secret_proves_a_comment() {
        let keys = Keys::new([1; KEY_BYTES]);
        let secret = keys.author_secret("a");
        assert!(keys.proves_author("a", &secret));
        let mut changed = secret.clone();
        changed.replace_range(..1, if secret.starts_with('A') { "B" } else { "A" });
        for wrong in ["", "a", &secret[..42], &format!("{secret}A"), &changed, &keys.author_secret("b")] {
            assert!(!keys.proves_author("a", wrong), "{wrong}");
        }
    }

    #[test]
    fn a_reader_is_told_from_every_other_and_from_a_subject_of_the_same_name() {
        let keys = Keys::new([1; KEY_BYTES]);
        let name = |text| IdempotencyKey::parse(text).unwrap();
        let one = keys.reader(&Reader::Device(name("reader-0123456789")));
        assert_eq!(one, keys.reader(&Reader::Device(name("reader-0123456789"))));
        assert_ne!(one, keys.reader(&Reader::Device(name("reader-0123456780"))));
        assert_ne!(one, keys.reader(&Reader::Subject("reader-0123456789".into())));
    }

    fn comment(name: &str, body: &str) -> NewComment {
        NewComment { thread: "t".into(), name: name.into(), body: body.into(), ..NewComment::default() }
    }

    #[test]
    fn text_moved_between_fields_is_another_comment() {
        assert_ne!(fingerprint(&comment("ab", "c"), None), fingerprint(&comment("a", "bc"), None));
        let one = NewComment { email: Some("a".into()), ..comment("n", "b") };
        let other = NewComment { website: Some("a".into()), ..comment("n", "b") };
        let reply = NewComment { parent: Some("a".into()), ..comment("n", "b") };
        let prints = [&one, &other, &reply, &comment("n", "b")].map(|comment| fingerprint(comment, None));
        assert!(prints.iter().enumerate().all(|(at, print)| !prints[..at].contains(print)));
    }

    #[test]
    fn a_comment_of_three_fields_has_the_fingerprint_that_it_had_in_the_first_version() {
        // By OpenSSL: the SHA-256 of each length in eight bytes and then the text, for t, n and b.
        let expected = [
            0x94, 0xac, 0xbd, 0xbd, 0xcb, 0x02, 0xe4, 0xc2, 0xd0, 0xef, 0x81, 0xb6, 0x87, 0x2a, 0x28, 0x5d, 0xc7, 0xdf,
            0x1c, 0x21, 0x85, 0x68, 0xf5, 0xf5, 0xf0, 0x28, 0x98, 0xfd, 0xd4, 0xf8, 0x5e, 0x05,
        ];
        assert_eq!(fingerprint(&comment("n", "b"), None), expected);
    }

    #[test]
    fn a_reader_whom_the_host_renames_meanwhile_repeats_the_same_submission() {
        let before = fingerprint(&comment("n", "b"), Some("reader-7"));
        assert_eq!(before, fingerprint(&comment("m", "b"), Some("reader-7")));
        assert_ne!(before, fingerprint(&comment("n", "b"), Some("reader-8")));
    }
}
