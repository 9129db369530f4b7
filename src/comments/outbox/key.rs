//! Random names: of a submission, and of a device.

use maqal_contract::IdempotencyKey;

/// A random key (RFC 9562, version 4). `crypto.randomUUID` exists in secure contexts only; random bytes do everywhere,
/// but where a host has broken `crypto`: the key need not be secret there, only its own.
#[must_use]
pub fn new_key() -> IdempotencyKey {
    let mut bytes = [0_u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok()).is_none() {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    IdempotencyKey::from_random(bytes)
}
