//! Finds the version in what a program says of itself.

use semver::Version;

/// The first version number in `text`, as `--version` prints it: `trunk 0.21.14`, `wasm-opt version 132 (version_132)`,
/// `Chromium 156.0.8078.79 built on Debian`. Missing parts count as zero, and parts after the third are left out.
pub fn first_in(text: &str) -> Option<Version> {
    text.split_whitespace().find_map(parse)
}

fn parse(word: &str) -> Option<Version> {
    let word = word.trim_start_matches('v');
    if let Ok(version) = Version::parse(word) {
        return Some(version);
    }
    // Firefox writes a name behind its numbers.
    let word = word.strip_suffix("esr").unwrap_or(word);
    let mut numbers = word.split('.').map(|part| part.parse::<u64>().ok());
    let major = numbers.next()??;
    let minor = numbers.next().unwrap_or(Some(0))?;
    let patch = numbers.next().unwrap_or(Some(0))?;
    Some(Version::new(major, minor, patch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_what_each_tool_prints() {
        let cases = [
            ("trunk 0.21.14\n", Version::new(0, 21, 14)),
            ("wasm-bindgen 0.2.130", Version::new(0, 2, 130)),
            ("wasm-opt version 132 (version_132)", Version::new(132, 0, 0)),
            ("Chromium 156.0.8078.79 built on Debian GNU/Linux 12", Version::new(156, 0, 8078)),
            ("ChromeDriver 156.0.8078.79 (abc-refs/heads@{#1})", Version::new(156, 0, 8078)),
            ("Mozilla Firefox 153.7.0esr", Version::new(153, 7, 0)),
            ("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)", Version::new(1, 96, 0)),
            ("v20.20.2", Version::new(20, 20, 2)),
        ];
        for (text, wanted) in cases {
            assert_eq!(first_in(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_text_without_a_number_has_no_version() {
        assert_eq!(first_in("command not found"), None);
        assert_eq!(first_in(""), None);
    }
}
