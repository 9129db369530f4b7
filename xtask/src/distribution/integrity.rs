//! Digests of files, as browsers check them (W3C Subresource Integrity).

use std::collections::BTreeMap;

use anyhow::Result;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};

/// Characters of [`short_digest`]: 48 bits, of which no two builds of one version are alike by chance.
const SHORT: usize = 12;

/// Lower-case hexadecimal digits that change with any name or byte of `files`.
pub fn short_digest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(name.as_bytes());
        all.update([0]);
        all.update(Sha256::digest(bytes));
    }
    let mut digest = format!("{:x}", all.finalize());
    digest.truncate(SHORT);
    digest
}

/// The manifest: what an `integrity` attribute takes, by the path of each file beside the manifest.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn manifest(folder: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<String> {
    let digests: BTreeMap<&str, String> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))))
        .collect();
    let manifest = json!({ "version": env!("CARGO_PKG_VERSION"), "folder": folder, "integrity": digests });
    Ok(format!("{}\n", serde_json::to_string_pretty(&manifest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(content: &str) -> BTreeMap<String, Vec<u8>> {
        BTreeMap::from([("a/b.js".to_owned(), content.as_bytes().to_vec())])
    }

    #[test]
    fn any_byte_and_any_name_changes_the_short_digest() {
        let digest = short_digest(&files("alert(1)"));
        assert_eq!(digest.len(), SHORT);
        assert_eq!(digest, short_digest(&files("alert(1)")));
        assert_ne!(digest, short_digest(&files("alert(2)")));
        assert_ne!(digest, short_digest(&BTreeMap::from([("a/c.js".to_owned(), b"alert(1)".to_vec())])));
    }

    #[test]
    fn the_manifest_has_the_digest_that_browsers_compute() {
        // The example of <https://www.w3.org/TR/SRI/#examples>: of "alert('Hello, world.');".
        let manifest = manifest("1-0", &files("alert('Hello, world.');")).unwrap();
        let digest = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert!(manifest.contains(&format!(r#""a/b.js": "{digest}""#)), "{manifest}");
    }
}
