//! Plain text, as a blogger has it: hard-wrapped or not, with or without blank lines.

use super::{ReadError, Reading, check};
use crate::article::model::{Article, Body};
use crate::text::reflow::{Reflowed, reflow};

/// Reads plain text: its paragraphs, and the title where the text begins with one.
///
/// # Errors
/// [`ReadError::Empty`], [`ReadError::TooLarge`] or [`ReadError::Binary`].
pub fn read(text: &str) -> Result<Reading, ReadError> {
    check(text)?;
    let Reflowed { title, blocks } = reflow(text);
    if blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut article = Article::of(Body::Text(blocks));
    article.title = title;
    Ok(Reading { article, warnings: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::model::Body;
    use crate::article::read::ReadError;
    use crate::text::reflow::Block;

    #[test]
    fn the_demo_article_reads_as_eight_paragraphs_without_the_platforms_footer() {
        let reading = read(include_str!("../../../../demo/articles/oasis.txt")).unwrap();
        assert_eq!(reading.article.title, None);
        let Body::Text(blocks) = reading.article.body else { panic!("not text") };
        assert_eq!(blocks.len(), 8);
        assert!(blocks.iter().all(|block| matches!(block, Block::Paragraph(text) if text.ends_with('.'))));
        assert!(blocks.iter().any(|block| matches!(block, Block::Paragraph(text) if text.starts_with("و "))));
    }

    #[test]
    fn a_line_set_apart_at_the_head_is_the_title() {
        let reading = read("واحة تعود إلى الماء\n\nعاد الماء إلى الخطّارة بعد عشرين عامًا.\n").unwrap();
        assert_eq!(reading.article.title.as_deref(), Some("واحة تعود إلى الماء"));
    }

    #[test]
    fn only_controls_are_no_text() {
        assert_eq!(read("\u{7}\u{202E}\n\u{8}"), Err(ReadError::Empty));
    }
}
