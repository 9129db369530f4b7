//! The publisher's key: what the tokens of readers whom the host page knows are signed with.

use std::fs;

use jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER as CRYPTO;
use jsonwebtoken::{Algorithm, DecodingKey};

/// The shortest shared secret, in bytes: as long as the hash (RFC 7518, section 3.2).
const SECRET_MIN: usize = 32;

/// The shortest modulus of an RSA key, in bytes (RFC 7518, section 3.3).
const RSA_MIN: usize = 2048 / 8;

/// The length of an Ed25519 public key, in bytes (RFC 8032, section 5.1.5).
const ED25519_LENGTH: usize = 32;

/// A key, and the one algorithm that it is for: a token's own word for its algorithm never chooses another (RFC 8725,
/// section 3.1).
#[derive(Clone, Debug)]
pub struct IdentityKey {
    /// RS256, ES256, EdDSA or HS256.
    pub algorithm: Algorithm,
    /// The key. Its `Debug` shows nothing of it.
    pub key: DecodingKey,
}

impl IdentityKey {
    /// A secret that the publisher's server shares with this one, for HS256.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_secret(secret: &str) -> Result<Self, &'static str> {
        if secret.trim() != secret {
            Err(
                "white space stands around it, which a copy easily loses; leave it out here and where tokens are signed",
            )
        } else if secret.len() < SECRET_MIN {
            Err("it is too easy to guess; give 32 bytes at least, such as `openssl rand -base64 32` prints")
        } else {
            Ok(Self { algorithm: Algorithm::HS256, key: DecodingKey::from_secret(secret.as_bytes()) })
        }
    }

    /// The public key in the file at `path`.
    ///
    /// # Errors
    /// The file cannot be read, or see [`IdentityKey::from_pem`].
    pub fn from_file(path: &str) -> Result<Self, String> {
        let pem = fs::read_to_string(path).map_err(|error| format!("the file cannot be read: {error}"))?;
        Ok(Self::from_pem(&pem)?)
    }

    /// A public key in PEM (RFC 7468): RSA for RS256, P-256 for ES256, Ed25519 for EdDSA.
    ///
    /// # Errors
    /// What is wrong with it, and the way on.
    pub fn from_pem(pem: &str) -> Result<Self, &'static str> {
        if pem.contains("PRIVATE KEY-----") {
            return Err("this is a private key, which only the server that signs should have; give the public one: \
                        `openssl pkey -in PRIVATE.pem -pubout`");
        }
        if pem.contains("BEGIN CERTIFICATE-----") {
            return Err("this is a certificate; give its key: `openssl x509 -in CERTIFICATE.pem -pubkey -noout`");
        }
        let bytes = pem.as_bytes();
        if let Ok(key) = DecodingKey::from_rsa_pem(bytes) {
            Self::rsa(key)
        } else if let Ok(key) = DecodingKey::from_ec_pem(bytes) {
            // This reads the point, which lies on one curve only.
            let usable = (CRYPTO.verifier_factory)(&Algorithm::ES256, &key).is_ok();
            let refused = "it is an elliptic-curve key, but not one of the curve P-256 (prime256v1)";
            if usable { Ok(Self { algorithm: Algorithm::ES256, key }) } else { Err(refused) }
        } else if let Ok(key) = DecodingKey::from_ed_pem(bytes) {
            // The verifier takes shorter keys for a fault of its own.
            let whole = key.try_get_as_bytes().is_ok_and(|point| point.len() == ED25519_LENGTH);
            let usable = whole && (CRYPTO.verifier_factory)(&Algorithm::EdDSA, &key).is_ok();
            if usable { Ok(Self { algorithm: Algorithm::EdDSA, key }) } else { Err("it is a damaged Ed25519 key") }
        } else {
            Err("it holds no public key in PEM of a kind that is taken: RSA, P-256 or Ed25519")
        }
    }

    fn rsa(key: DecodingKey) -> Result<Self, &'static str> {
        let modulus = key.try_get_as_bytes().and_then(CRYPTO.key_utils.rsa_pub_components_from_public_key);
        match modulus {
            Ok((n, _)) if n.len() >= RSA_MIN => Ok(Self { algorithm: Algorithm::RS256, key }),
            Ok(_) => Err("it is an RSA key of less than 2048 bits, which is not safe"),
            Err(_) => Err("it is an RSA key that cannot be used; one of 2048 to 4096 bits can"),
        }
    }
}
