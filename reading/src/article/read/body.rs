//! Foreign HTML as an article's body, and what only shows once title, picture and body stand together.

use super::ReadError;
use crate::article::model::{Article, Body, Image, UrlRef};
use crate::markup::{self, LeftOut};
use crate::safe_html::{Picture, Profile, SafeHtml};
use crate::text::reflow::{Block, Reflowed, reflow};
use crate::text::{bidi, joined};
use maqal_contract::name;

/// The body in a fragment or a page of HTML.
///
/// # Errors
/// [`ReadError::Forbidden`].
pub fn html(html: &str) -> Result<Body, ReadError> {
    Ok(of(&markup::html_with_frames(html)?, &[]))
}

/// The body in `element`, less the elements in `left_out`. Text without any markup is hard-wrapped text: it is reflowed.
#[must_use]
pub fn of(element: &markup::Element, left_out: &[&markup::Element]) -> Body {
    in_markup(element, left_out).unwrap_or_else(|| {
        let Reflowed { title, mut blocks } = reflow(&text(element, &LeftOut::of(left_out)));
        // What reads as a title may be one: `finish` decides.
        blocks.splice(0..0, title.map(Block::Heading));
        Body::Text(blocks)
    })
}

/// As [`of`]; `None` for a text without any markup.
#[must_use]
pub fn in_markup(element: &markup::Element, left_out: &[&markup::Element]) -> Option<Body> {
    let is_bare = is_bare(element, &LeftOut::of(left_out));
    (!is_bare).then(|| Body::Html(SafeHtml::copy(element, Profile::Article, left_out)))
}

/// Elements that a parser adds, or that only wrap.
fn is_wrapper(element: &markup::Element) -> bool {
    ["html", "head", "body", "article", "br"].iter().any(|name| element.is(name))
}

fn is_bare(element: &markup::Element, left_out: &LeftOut) -> bool {
    element.elements().filter(|inner| !left_out.has(inner)).all(|inner| is_wrapper(inner) && is_bare(inner, left_out))
}

fn text(element: &markup::Element, left_out: &LeftOut) -> String {
    let mut out = String::new();
    for node in &element.children {
        match node {
            markup::Node::Text(text) => out.push_str(text),
            markup::Node::Element(inner) if left_out.has(inner) => {
                // What is set apart before the text is not its first line.
                out.push_str("\n\n");
            }
            markup::Node::Element(inner) if inner.is("br") => out.push('\n'),
            markup::Node::Element(inner) => out.push_str(&text(inner, left_out)),
        }
    }
    out
}

/// Puts right what the parts of an article say twice: the title at the head of the text, the hero within it, a summary
/// that is the first paragraph's beginning. A picture at the head of the text is the hero where there is none. An author's
/// name is that of a reader: nothing in it turns it around or hides.
pub fn finish(article: &mut Article) {
    if let Body::Html(html) = &mut article.body {
        if let Some(title) = &article.title {
            html.drop_leading_heading(title);
        }
        match &mut article.hero {
            None => article.hero = html.take_leading_picture().and_then(hero),
            Some(hero) => {
                let again = html.take_picture(&|src| is_same_picture(src, hero.src.as_str()));
                if let Some(Picture { alt, caption, size, .. }) = again {
                    hero.alt = hero.alt.take().or(alt);
                    hero.caption = hero.caption.take().or(caption);
                    hero.width = hero.width.or(size.map(|(width, _)| width));
                    hero.height = hero.height.or(size.map(|(_, height)| height));
                }
            }
        }
        // It may have stood between the picture and the text.
        if let Some(title) = &article.title {
            html.drop_leading_heading(title);
        }
    }
    settle(article);
}

/// As [`finish`], of an article whose text has no markup.
pub fn settle(article: &mut Article) {
    for author in &mut article.authors {
        author.name = name::clean(&author.name);
    }
    article.authors.retain(|author| !author.name.is_empty());
    if let Body::Text(blocks) = &mut article.body
        && let Some(Block::Heading(heading)) = blocks.first()
        && article.title.as_ref().is_none_or(|title| title == heading)
    {
        article.title = Some(heading.clone());
        blocks.remove(0);
    }
    let first = match &article.body {
        Body::Text(blocks) => match blocks.first() {
            Some(Block::Paragraph(text)) => Some(text.clone()),
            _ => None,
        },
        Body::Html(html) => html.first_paragraph().map(|text| bidi::line(&text)),
        Body::Elsewhere => None,
    };
    let says_nothing_new = |text: &String| {
        article.title.as_ref() == Some(text) || first.as_deref().is_some_and(|first| is_excerpt(text, first))
    };
    if article.standfirst.as_ref().is_some_and(says_nothing_new) {
        article.standfirst = None;
    }
}

fn hero(picture: Picture) -> Option<Image> {
    let Picture { src, alt, caption, size } = picture;
    Some(Image {
        src: UrlRef::new(&src)?,
        alt,
        caption,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
    })
}

/// Whether `text` only says how `first` begins: content systems fill the summary so.
fn is_excerpt(text: &str, first: &str) -> bool {
    let start = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '[' | ']'));
    first.starts_with(start)
}

/// Whether two addresses are of one picture, perhaps in two sizes: `boats-1024x683.jpg` and `boats.jpg` (WordPress),
/// `/s640/boats.jpg` and `/s1600/boats.jpg` (Blogger).
fn is_same_picture(one: &str, other: &str) -> bool {
    let (one, other) = (picture_name(one), picture_name(other));
    !one.is_empty() && one == other
}

/// The last part of a picture's address, without its size.
fn picture_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = file.rsplit_once('.') else { return file.to_owned() };
    let is_size = |size: &str| {
        size.split_once('x').is_some_and(|(width, height)| {
            [width, height].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        }) || size == "scaled"
    };
    let stem = match stem.rsplit_once('-') {
        Some((name, size)) if is_size(size) => name,
        _ => stem,
    };
    joined(&[stem, ".", extension])
}

#[cfg(test)]
mod tests {
    use super::{finish, html, is_same_picture};
    use crate::article::model::{Article, Author, Body, Image, UrlRef};
    use crate::text::reflow::Block;

    fn article(markup: &str) -> Article {
        Article::of(html(markup).unwrap())
    }

    fn text(article: &Article) -> String {
        match &article.body {
            Body::Html(html) => html.text(),
            other => panic!("no markup: {other:?}"),
        }
    }

    fn image(src: &str) -> Image {
        Image { src: UrlRef::new(src).unwrap(), alt: None, caption: None, width: None, height: None }
    }

    #[test]
    fn no_author_hides_or_turns_around() {
        let mut article = article("نص");
        for name in ["\u{202E}amlaS", "سل\u{200B}مى", "\u{2066}\u{FEFF}"] {
            article.authors.push(Author { name: name.to_owned(), url: None, image: None });
        }
        finish(&mut article);
        let names: Vec<_> = article.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(names, ["amlaS", "سلمى"]);
    }

    #[test]
    fn text_without_markup_is_reflowed() {
        let mut article = article(
            "في الطريق\n\nسطر أول طويل بعض الشيء وفيه كلام كثير يلتفّ عند\nحافة السطر ثم يمضي بعدها قليلًا وينتهي.\n\nفقرة ثانية.",
        );
        finish(&mut article);
        let first = "سطر أول طويل بعض الشيء وفيه كلام كثير يلتفّ عند حافة السطر ثم يمضي بعدها قليلًا وينتهي.";
        let paragraphs = [first, "فقرة ثانية."].map(|text| Block::Paragraph(text.to_owned()));
        assert_eq!(article.body, Body::Text(paragraphs.to_vec()));
        assert_eq!(article.title.as_deref(), Some("في الطريق"));
    }

    #[test]
    fn the_title_at_the_head_of_the_text_is_not_said_twice() {
        let mut twice = article("<h1>عنوان</h1><p>نصّ.</p><h2>عنوان</h2>");
        twice.title = Some("عنوان".to_owned());
        finish(&mut twice);
        assert_eq!(text(&twice), "نصّ.\nعنوان\n");
    }

    #[test]
    fn a_picture_at_the_head_becomes_the_hero_and_a_hero_is_not_shown_twice() {
        let mut first = article("<p><a href=big.jpg><img src=a.jpg width=640 height=480 alt=ميناء></a></p><p>نصّ.</p>");
        finish(&mut first);
        let hero = first.hero.clone().unwrap();
        assert_eq!((hero.src.as_str(), hero.alt.as_deref(), hero.width), ("a.jpg", Some("ميناء"), Some(640)));
        assert_eq!(text(&first), "نصّ.\n");

        let mut again =
            article("<p>نصّ.</p><figure><img src='/up/boats-1024x683.jpg'><figcaption>قوارب</figcaption></figure>");
        again.hero = Some(image("https://x.example/up/boats.jpg?w=1200"));
        finish(&mut again);
        assert_eq!(again.hero.as_ref().unwrap().caption.as_deref(), Some("قوارب"));
        assert_eq!(text(&again), "نصّ.\n");

        let mut other = article("<p>نصّ.</p><figure><img src='/up/nets.jpg'></figure>");
        other.hero = Some(image("https://x.example/up/boats.jpg"));
        let before = other.body.clone();
        finish(&mut other);
        assert_eq!(other.body, before);
    }

    #[test]
    fn a_summary_that_is_the_beginning_of_the_text_is_none() {
        let mut excerpt = article("<p>عاد القارب إلى الميناء قبل الظهر.</p>");
        excerpt.standfirst = Some("عاد القارب إلى […]".to_owned());
        finish(&mut excerpt);
        assert_eq!(excerpt.standfirst, None);
        excerpt.standfirst = Some("خلاصة أخرى.".to_owned());
        finish(&mut excerpt);
        assert_eq!(excerpt.standfirst.as_deref(), Some("خلاصة أخرى."));
    }

    #[test]
    fn sizes_in_an_address_do_not_part_one_picture_from_itself() {
        for (one, other) in [
            ("https://a.example/x-300x200.jpg", "https://a.example/x.jpg"),
            ("//b.example/s640/y.png", "https://b.example/s1600/y.png"),
            ("z-scaled.jpg?ver=2", "z.jpg"),
        ] {
            assert!(is_same_picture(one, other), "{one} {other}");
        }
        assert!(!is_same_picture("a.jpg", "b.jpg"));
        assert!(!is_same_picture("https://a.example/", "https://b.example/"));
    }
}
