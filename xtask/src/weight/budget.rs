//! What a card may weigh: `size-budget.json`. It only ever goes down, unless the commit says why.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};

use super::files::Files;
use crate::{page::Profile, site::Site};

/// In the checkout.
const FILE: &str = "size-budget.json";

/// How much less than its budget a card may weigh before that is to be lowered, in bytes.
const SLACK: usize = 2048;

/// Fails where the card of a build weighs more than its budget, or much less.
///
/// # Errors
/// Then, with both numbers; and where the file cannot be read.
pub fn check(site: &Site, profile: Profile, files: &Files) -> Result<()> {
    let path = site.root.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let budget: BTreeMap<String, usize> =
        serde_json::from_str(&text).with_context(|| format!("{FILE} is not a number for each build"))?;
    let build = profile.word();
    let most = *budget.get(build).with_context(|| format!("{FILE} has no budget for `{build}`"))?;
    println!("{}", verdict(build, files.card_in_all().brotli, most)?);
    Ok(())
}

fn verdict(build: &str, weight: usize, most: usize) -> Result<String> {
    if weight > most {
        bail!(
            "the card of the {build} build weighs {weight} bytes (brotli), {} more than {FILE} allows",
            weight - most
        );
    }
    if weight + SLACK < most {
        bail!("the card of the {build} build weighs {weight} bytes (brotli): lower its budget of {most} in {FILE}");
    }
    Ok(format!("The card of the {build} build weighs {weight} of {most} bytes (brotli)."))
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn a_card_may_weigh_its_budget_and_neither_more_nor_much_less() {
        assert!(verdict("release", 100_000, 100_000).is_ok());
        assert!(verdict("release", 99_000, 100_000).is_ok());
        assert!(verdict("release", 100_001, 100_000).unwrap_err().to_string().contains("1 more"));
        assert!(verdict("release", 90_000, 100_000).unwrap_err().to_string().contains("lower"));
    }
}
