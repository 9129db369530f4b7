//! What a card may weigh: `size-budget.json`. It only ever goes down, unless the commit says why.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

use super::files::{Files, sum};
use crate::{page::Profile, site::Site};

/// In the checkout.
const FILE: &str = "size-budget.json";

/// How much less than its budget a part may weigh before that is to be lowered, in bytes.
const SLACK: usize = 1024;

/// Fails where a part of the card weighs more in a build than its budget, or much less.
///
/// # Errors
/// Then, with both numbers; and where the file cannot be read.
pub fn check(site: &Site, profile: Profile, files: &Files) -> Result<()> {
    let path = site.root.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let budget: BTreeMap<String, BTreeMap<String, usize>> = serde_json::from_str(&text)
        .with_context(|| format!("{FILE} does not have a number for each part of each build"))?;
    for (part, files) in files.parts() {
        let most = budget.get(profile.word()).and_then(|parts| parts.get(part));
        let what = format!("{part} in the {} build", profile.word());
        let most = *most.with_context(|| format!("{FILE} has no budget for {what}"))?;
        println!("{}", verdict(&what, sum(&files).brotli, most)?);
    }
    Ok(())
}

fn verdict(what: &str, weight: usize, most: usize) -> Result<String> {
    if weight > most {
        bail!("{what} weighs {weight} bytes (brotli), {} more than {FILE} allows", weight - most);
    }
    if weight + SLACK < most {
        bail!("{what} weighs {weight} bytes (brotli): lower its budget of {most} in {FILE}");
    }
    Ok(format!("{what}: {weight} of {most} bytes (brotli)."))
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn a_card_may_weigh_its_budget_and_neither_more_nor_much_less() {
        assert!(verdict("release", 100_000, 100_000).is_ok());
        assert!(verdict("release", 99_500, 100_000).is_ok());
        assert!(verdict("release", 100_001, 100_000).unwrap_err().to_string().contains("1 more"));
        assert!(verdict("release", 90_000, 100_000).unwrap_err().to_string().contains("lower"));
    }
}
