//! The words that show first: of each language a small file beside the whole catalogue.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// The keys that `first/` and `embed/` name, and what else they look at.
const FIRST: [&str; 48] = [
    "acts",
    "article_loading",
    "badge_author",
    "badge_staff",
    "body_label",
    "byline",
    "cause_offline",
    "cause_unreachable",
    "comfort",
    "comfort_letter",
    "comment_count",
    "comment_deleted",
    "comment_edited",
    "comment_featured",
    "comment_less",
    "comment_more",
    "comment_pending",
    "comment_pinned",
    "comment_quote",
    "comments",
    "comments_empty",
    "comments_invite",
    "comments_loading",
    "comments_more",
    "copy_link",
    "draft_kept",
    "in_reply_to",
    "in_reply_to_other",
    "language",
    "like",
    "likes",
    "listen",
    "name_label",
    "read_on",
    "reading_time",
    "replies_hide",
    "replies_more",
    "reply",
    "reply_to",
    "send",
    "share",
    "slow",
    "sort_label",
    "sort_liked",
    "sort_newest",
    "sort_oldest",
    "updated",
    "dates",
];

/// Of a catalogue the words that show first.
///
/// # Errors
/// When it is no object.
pub fn first(catalogue: &Value) -> Result<String> {
    let words = catalogue.as_object().context("a catalogue is no object")?;
    let is_first = |(key, _): &(&String, &Value)| FIRST.contains(&key.as_str());
    let first: Map<_, _> = words.iter().filter(is_first).map(|(key, word)| (key.clone(), word.clone())).collect();
    Ok(Value::Object(first).to_string())
}

#[cfg(test)]
mod tests {
    use super::FIRST;
    use std::{collections::BTreeSet, fs, path::Path};

    /// The words of `text` that are keys of the catalogue, where they stand as one of `forms` has them.
    fn named(text: &str, keys: &BTreeSet<String>, forms: &[&str]) -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let count = |text: &str, form: &str| text.matches(form).count();
        // What is given to an attribute is no key.
        let given = |form: &str| count(text, &["= ", form].concat());
        let stands = |word: &&str| {
            forms.iter().map(|form| form.replace("KEY", word)).any(|form| count(text, &form) > given(&form))
        };
        words.filter(|word| keys.contains(*word)).filter(stands).map(str::to_owned).collect()
    }

    #[test]
    fn each_word_that_shows_first_is_in_the_small_file_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let catalogue = fs::read_to_string(root.join("reading/src/i18n/catalogues/ar.json")).unwrap();
        let catalogue: serde_json::Value = serde_json::from_str(&catalogue).unwrap();
        let keys: BTreeSet<String> = catalogue.as_object().unwrap().keys().cloned().collect();
        let mut used = BTreeSet::from(["language".to_owned(), "dates".to_owned()]);
        for file in fs::read_dir(root.join("first/src")).unwrap() {
            used.extend(named(&fs::read_to_string(file.unwrap().path()).unwrap(), &keys, &["\"KEY\""]));
        }
        for name in ["sight.js", "skeleton.js", "tell.js", "build.js", "card.js", "count.js"] {
            let forms = ["words.KEY", "them.KEY", "phrase(\"KEY\"", "? \"KEY\"", ": \"KEY\")"];
            used.extend(named(&fs::read_to_string(root.join("embed").join(name)).unwrap(), &keys, &forms));
        }
        let first: BTreeSet<String> = FIRST.iter().map(|key| (*key).to_owned()).collect();
        let [more, less] =
            [first.difference(&used), used.difference(&first)].map(|keys| keys.cloned().collect::<Vec<_>>());
        assert!(more.is_empty() && less.is_empty(), "of no use: {more:?}, missing: {less:?}");
    }
}
