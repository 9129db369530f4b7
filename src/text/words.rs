//! Words of a text, counted as a reader counts them.

/// How many words `text` has: runs between white space with a letter or a digit in them.
#[must_use]
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn signs_alone_are_no_words_and_a_diacritic_parts_none() {
        assert_eq!(count("قالَ — ثم سكتَ : «نعم» … ٣ مرّات!"), 6);
        assert_eq!(count(""), 0);
    }
}
