//! What Atom and RSS share: which item, its pictures (Media RSS), its text.

use super::{ReadError, Warning, blogger, body, html_text, outline};
use crate::article::model::{Article, Body, Image, UrlRef};
use crate::markup::{self, Element, Namespace, Node};
use crate::text::bidi::visible_line;
use crate::text::direction::{self, Direction};
use maqal_contract::unicode::is_visible;

/// The text of markup as one clean line.
pub(super) fn line_of_html(html: &str) -> Option<String> {
    visible_line(&if html_text::has_tags(html) { html_text::strip(html) } else { html_text::decode(html) })
}

/// The nearest language that an element of `path`, outermost first, declares.
pub(super) fn language(path: &[&Element]) -> Option<String> {
    path.iter().rev().find_map(|element| visible_line(element.attribute("xml:lang")?))
}

/// The address under which the references within `path`, outermost first, stand: `xml:base`, each resolved by the one
/// outside it and the outermost by `address`. `None` where none is declared.
pub(super) fn base(path: &[&Element], address: &str) -> Option<String> {
    path.iter().fold(None, |outer, element| {
        let Some(reference) = element.attribute("xml:base") else { return outer };
        markup::resolve(reference.trim(), outer.as_deref().unwrap_or(address)).or(outer)
    })
}

/// A reference as it stands, or in full where `base` differs from the document's own address.
pub(super) fn reference(text: &str, base: Option<&str>) -> Option<UrlRef> {
    let full = base.and_then(|base| markup::resolve(text.trim(), base));
    UrlRef::new(full.as_deref().unwrap_or(text))
}

/// The names that content systems give to the section of what is in none.
const NO_SECTION: [&str; 5] = ["Uncategorized", "Uncategorised", "غير مصنف", "غير مصنّف", "بدون تصنيف"];

/// The name of a section; `None` where it is an address, or says that there is none.
pub(super) fn section(name: &str) -> Option<String> {
    line_of_html(name).filter(|name| !NO_SECTION.contains(&name.as_str()) && !name.contains("://"))
}

/// A summary: one clean line, without a content system's last sentence and with its ellipsis mended.
pub(super) fn summary(html: &str) -> Option<String> {
    let text = if html_text::has_tags(html) { html_text::strip(html) } else { html_text::decode(html) };
    let mut lines: Vec<&str> = text.trim().split("\n\n").collect();
    if lines.last().is_some_and(|last| is_boilerplate(last)) {
        lines.pop();
    }
    let text = visible_line(&lines.join(" "))?;
    // `[…]`, as WordPress ends what it cuts off.
    let cut = ["[…]", "[...]", "[..]"].iter().find_map(|mark| text.strip_suffix(mark));
    match cut {
        Some(kept) => visible_line(kept).map(|kept| kept + "…"),
        None => Some(text),
    }
}

/// Whether a text ends as one that was cut off.
pub(super) fn is_cut_off(text: &str) -> bool {
    let text = text.trim_end();
    ["…", "...", "[…]", "[...]"].iter().any(|mark| text.ends_with(mark))
}

/// The sentence that WordPress adds to what it gives to feeds.
fn is_boilerplate(paragraph: &str) -> bool {
    let text = paragraph.trim();
    (text.starts_with("The post ") && text.contains(" appeared first on "))
        || (["ظهرت المقالة ", "ظهرت التدوينة ", "المقالة ", "التدوينة "].iter().any(|start| text.starts_with(start))
            && ["ظهرت أولاً على", "أولاً على", "أولا على", "أولًا على"].iter().any(|phrase| text.contains(phrase))
            && text.contains("ظهرت"))
}

/// The body in a string of HTML whose references stand under `base`; `None` where nothing in it can be seen.
///
/// # Errors
/// [`ReadError::Forbidden`].
pub(super) fn body_of_html(html: &str, base: Option<&str>) -> Result<Option<Body>, ReadError> {
    Ok(body_of_tree(markup::html_with_frames(html)?, base))
}

/// The body in a tree, as [`body_of_html`].
pub(super) fn body_of_tree(mut root: Element, base: Option<&str>) -> Option<Body> {
    if let Some(base) = base {
        markup::make_absolute(&mut root, base);
    }
    if !holds_something(&root) {
        return None;
    }
    let mut left_out = outline::clutter(&root);
    // What plugins add may stand after it.
    left_out.extend(root.find_all(&|e| e.is("p") && is_boilerplate(&e.text())).pop());
    Some(body::of(&root, &left_out)).filter(|body| !body.is_empty())
}

/// Whether markup holds anything to be seen.
pub(super) fn holds_something(root: &Element) -> bool {
    is_visible(&root.text()) || root.find(&|e| ["img", "video", "audio", "iframe"].iter().any(|n| e.is(n))).is_some()
}

/// `element` with the HTML within it in HTML's namespace, where the feed forgot to say so.
pub(super) fn as_html(mut element: Element, forgotten: Namespace) -> Element {
    if element.namespace == forgotten {
        element.namespace = Namespace::Html;
        element.name.make_ascii_lowercase();
    }
    element.children = element
        .children
        .into_iter()
        .map(|node| match node {
            Node::Element(child) => Node::Element(as_html(child, forgotten)),
            text @ Node::Text(_) => text,
        })
        .collect();
    element
}

/// Takes away a language that is written from left to right, where the title is not: that of a template nobody set. The
/// other way round it stays, since an Arabic title may be all names in Latin letters.
pub(super) fn contradiction(article: &mut Article) -> Option<Warning> {
    let title = article.title.as_deref()?;
    let letters = |direction| {
        title.chars().filter(|c| direction::first_strong(c.encode_utf8(&mut [0; 4])) == Some(direction)).count()
    };
    let declared = direction::of_language(article.language.as_deref()?)?;
    if declared == Direction::Rtl || letters(Direction::Rtl) <= letters(Direction::Ltr) {
        return None;
    }
    article.language = None;
    Some(Warning { field: "language", found: "one that runs from left to right over a title that does not, left out" })
}

/// Pictures of an item.
#[derive(Default)]
pub(super) struct Media {
    /// That of the article.
    pub(super) hero: Option<Image>,
    /// That of its author: WordPress.com adds it to those of the article.
    pub(super) portrait: Option<UrlRef>,
}

/// Narrower pictures are thumbnails for lists, in CSS pixels.
pub(super) const MIN_WIDTH: u32 = 200;

/// The pictures of `item` by Media RSS (<https://www.rssboard.org/media-rss>): the widest `media:content`, else the widest
/// `media:thumbnail` that is more than a sign.
pub(super) fn media(item: &Element, base: Option<&str>) -> Media {
    let mut media = Media::default();
    for kind in ["content", "thumbnail"] {
        let mut widest: Option<Image> = None;
        for element in item.find_all(&|e| e.namespace == Namespace::Media && e.name == kind) {
            let Some(address) = element.attribute("url").filter(|_| kind == "thumbnail" || is_picture(element)) else {
                continue;
            };
            if address.contains("gravatar.com/avatar/") {
                media.portrait = media.portrait.or_else(|| reference(address, base));
                continue;
            }
            let full = full_size(address);
            // The size told is that of the small one.
            let number = |name: &str| if full.is_some() { None } else { pixels(element, name) };
            let (width, height) = (number("width"), number("height"));
            let is_wider = widest.as_ref().is_none_or(|widest| width > widest.width);
            if is_wider
                && width.is_none_or(|width| width >= MIN_WIDTH)
                && let Some(src) = reference(full.as_deref().unwrap_or(address), base)
            {
                let told = |name: &str| {
                    let beside = || item.child(Namespace::Media, name);
                    line_of_html(&element.child(Namespace::Media, name).or_else(beside)?.text())
                };
                widest = Some(Image {
                    src,
                    alt: told("title").filter(|title| !is_file_name(title)),
                    // A film's description is a text of its own.
                    caption: told("description").filter(|text| text.chars().count() <= 400),
                    width,
                    height,
                });
            }
        }
        media.hero = widest;
        if media.hero.is_some() {
            break;
        }
    }
    media
}

fn is_picture(element: &Element) -> bool {
    match (element.attribute("medium"), element.attribute("type")) {
        (Some(medium), _) => medium.eq_ignore_ascii_case("image"),
        (None, Some(kind)) => is_image_type(kind),
        (None, None) => element.attribute("url").is_some_and(|url| {
            let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"].iter().any(|ending| path.ends_with(ending))
        }),
    }
}

/// Whether a media type is a picture's.
pub(super) fn is_image_type(kind: &str) -> bool {
    kind.trim().get(..6).is_some_and(|start| start.eq_ignore_ascii_case("image/"))
}

/// A length in CSS pixels.
pub(super) fn pixels(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name)?.trim().trim_end_matches("px").parse().ok().filter(|n| *n > 0)
}

/// The address in the width of a card, where `address` is that of a thumbnail on Blogger's servers.
fn full_size(address: &str) -> Option<String> {
    let is_bloggers = address.contains("blogspot.com/") || address.contains("googleusercontent.com/");
    is_bloggers.then(|| blogger::full_size(address)).flatten()
}

/// Whether a title is the name of a file: `IMG_2041`, `pexels-photo-1`.
fn is_file_name(title: &str) -> bool {
    title.is_ascii() && !title.contains(' ') && title.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::{base, full_size, is_boilerplate, language, media, summary};
    use crate::markup;

    #[test]
    fn the_nearest_base_and_language_count() {
        let tree = markup::xml(
            r#"<a xml:base="https://x.example/f/" xml:lang="ar"><b xml:base="../g/"><c xml:lang="fr"/></b></a>"#,
        )
        .unwrap();
        let b = tree.elements().next().unwrap();
        let c = b.elements().next().unwrap();
        assert_eq!(base(&[&tree, b, c], "https://y.example/").as_deref(), Some("https://x.example/g/"));
        assert_eq!(base(&[b, c], "https://y.example/h/feed").as_deref(), Some("https://y.example/g/"));
        assert_eq!(base(&[c], "https://y.example/"), None);
        assert_eq!(language(&[&tree, b, c]).as_deref(), Some("fr"));
        assert_eq!(language(&[&tree, b]).as_deref(), Some("ar"));
    }

    #[test]
    fn a_summary_loses_what_a_content_system_adds() {
        let post = "<p>خرج الصيادون باكرًا [&#8230;]</p>\n<p>The post <a href='x'>قوارب</a> appeared first on <a>الميناء</a>.</p>";
        assert_eq!(summary(post).as_deref(), Some("خرج الصيادون باكرًا…"));
        assert_eq!(summary("AT&amp;T <b>و</b>").as_deref(), Some("AT&T و"));
        assert_eq!(summary("<p> </p>"), None);
        assert!(is_boilerplate("ظهرت المقالة قوارب الفجر أولاً على صحيفة الميناء."));
        assert!(!is_boilerplate("ظهرت المقالة في عدد الأمس."));
    }

    #[test]
    fn thumbnails_of_blogger_are_asked_for_in_full() {
        assert_eq!(
            full_size("https://blogger.googleusercontent.com/img/b/R29/AVv/s72-c/sea.jpg").as_deref(),
            Some("https://blogger.googleusercontent.com/img/b/R29/AVv/s1600/sea.jpg")
        );
        assert_eq!(
            full_size("https://lh3.googleusercontent.com/abc=s72-w640-h480-c").as_deref(),
            Some("https://lh3.googleusercontent.com/abc=s1600")
        );
        assert_eq!(full_size("https://news.example/s72-c/sea.jpg"), None);
        assert_eq!(full_size("https://1.bp.blogspot.com/a/sea.jpg"), None);
    }

    #[test]
    fn the_widest_picture_is_the_articles_and_a_gravatar_the_authors() {
        let item = markup::xml(
            r#"<item xmlns:media="http://search.yahoo.com/mrss/">
            <media:thumbnail url="https://x.example/t.jpg" width="640"/>
            <media:content url="https://0.gravatar.com/avatar/9?s=96" medium="image"><media:title>سلمى</media:title></media:content>
            <media:content url="https://x.example/film.mp4" type="video/mp4" width="1920"/>
            <media:group><media:content url="https://x.example/s.jpg" type="image/jpeg" width="460" height="276"/>
            <media:content url="https://x.example/l.jpg" type="image/jpeg" width="1200" height="720">
            <media:title>IMG_2041</media:title><media:description type="html">الميناء &amp;laquo;ليلًا&amp;raquo;</media:description>
            </media:content></media:group></item>"#,
        )
        .unwrap();
        let found = media(&item, None);
        let hero = found.hero.unwrap();
        assert_eq!(hero.src.as_str(), "https://x.example/l.jpg");
        assert_eq!((hero.width, hero.height, hero.alt), (Some(1200), Some(720), None));
        assert_eq!(hero.caption.as_deref(), Some("الميناء «ليلًا»"));
        assert_eq!(found.portrait.unwrap().as_str(), "https://0.gravatar.com/avatar/9?s=96");
    }

    #[test]
    fn a_picture_for_lists_is_not_the_articles() {
        let item = markup::xml(
            r#"<item xmlns:media="http://search.yahoo.com/mrss/"><media:thumbnail url="https://x.example/t.jpg" width="72"/></item>"#,
        );
        assert!(media(&item.unwrap(), None).hero.is_none());
    }
}
