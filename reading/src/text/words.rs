//! Words of a text, counted as a reader counts them.

/// How many words `text` has: runs between white space with a letter or a digit in them.
#[must_use]
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Where to part a text of `blocks` so that the first of them have at least `least` words together: before the block of
/// this number, or nowhere. Of each block it is asked whether it is a heading, and how many words it has; a heading stays
/// with what it heads, and so goes over to the rest a little sooner.
pub fn part(mut blocks: impl Iterator<Item = (bool, usize)>, least: usize) -> Option<usize> {
    let mut sum = 0;
    blocks.position(|(is_heading, words)| {
        let is_enough = sum >= least || (is_heading && sum * 5 >= least * 4);
        sum += words;
        is_enough
    })
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
