//! An entry of an Atom feed, or an Atom entry document (RFC 4287).
//!
//! References in a text are resolved by the nearest `xml:base`; where there is none, by the entry's own address, under
//! which its publisher wrote them, and not by that of the feed, which may be on another host.

use super::feed::{self, Media};
use super::{Document, ReadError, Reading, html_text, json_value};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::markup::{self, Element};
use crate::text::bidi::visible_line;
use crate::text::reflow::Block;

/// Reads the entry that the document's `item` names, by its `id` or its address, or the first with a text or an address.
///
/// # Errors
/// [`ReadError::NoItems`], [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Forbidden`].
pub fn read(document: &Document, root: &Element) -> Result<Reading, ReadError> {
    let entries: Vec<&Element> = if root.name == "entry" { vec![root] } else { all(root, "entry").collect() };
    let names = |entry: &Element| {
        let id = child(entry, "id").map(|id| id.text().trim().to_owned());
        let link = alternate(entry).and_then(|link| link.attribute("href")).map(str::to_owned);
        let full = link.as_deref().and_then(|link| markup::resolve(link, document.address));
        [id, link, full].into_iter().flatten().filter(|name| !name.is_empty()).collect()
    };
    let holds = |entry: &Element| {
        alternate(entry).is_some()
            || ["content", "summary"].iter().any(|name| child(entry, name).is_some_and(feed::holds_something))
    };
    let entry = json_value::choose(&entries, document.item, &names, &holds)?;
    let path: &[&Element] = if root.name == "entry" { &[entry] } else { &[root, entry] };
    article(document, path, entry)
}

/// The children of an element in its own vocabulary: Atom's, or an elder one of the same names.
fn all<'a>(element: &'a Element, name: &'static str) -> impl Iterator<Item = &'a Element> {
    element.elements().filter(move |child| child.namespace == element.namespace && child.name == name)
}

fn child<'a>(element: &'a Element, name: &'static str) -> Option<&'a Element> {
    all(element, name).next()
}

/// The link to the entry's own page. One without `rel` is such a link (section 4.2.7.2).
fn alternate(entry: &Element) -> Option<&Element> {
    let links: Vec<_> =
        all(entry, "link").filter(|link| matches!(link.attribute("rel"), None | Some("" | "alternate"))).collect();
    let is_page = |link: &&Element| matches!(link.attribute("type"), None | Some("text/html"));
    links
        .iter()
        .copied()
        .find(is_page)
        .or_else(|| links.first().copied())
        .filter(|link| link.attribute("href").is_some())
}

fn article(document: &Document, path: &[&Element], entry: &Element) -> Result<Reading, ReadError> {
    let mut warnings = Vec::new();
    let base = feed::base(path, document.address);
    let reference = |text: &str| feed::reference(text, base.as_deref());
    let content = child(entry, "content");
    let outside = content.and_then(|content| content.attribute("src")).map(str::trim).filter(|src| !src.is_empty());
    let url = alternate(entry).and_then(|link| reference(link.attribute("href")?));
    let url = url.or_else(|| outside.filter(|_| content.is_some_and(is_text_type)).and_then(reference));
    let full_address =
        url.as_ref().and_then(|url| markup::resolve(url.as_str(), base.as_deref().unwrap_or(document.address)));

    let body = |element: &Element| {
        let declared = feed::base(&[path, &[element]].concat(), document.address);
        text_of(element).body(declared.or_else(|| full_address.clone()).as_deref())
    };
    let summary = child(entry, "summary");
    let mut standfirst = summary.and_then(|summary| text_of(summary).summary());
    let text = match content.filter(|_| outside.is_none()) {
        Some(content) => body(content)?,
        None => None,
    };
    let text = match (text, url.is_some()) {
        (Some(text), _) => text,
        // A summary is not the text; but it is all there is.
        (None, false) => {
            standfirst = None;
            let text = summary.map(body).transpose()?.flatten();
            text.ok_or_else(|| ReadError::NoBody {
                ty: "entry".to_owned(),
                wanted: "content",
                keys: entry.elements().take(16).map(|element| element.name.clone()).collect(),
            })?
        }
        (None, true) => Body::Elsewhere,
    };

    let Media { hero, portrait } = feed::media(entry, base.as_deref());
    let mut article = Article::of(text);
    article.title = child(entry, "title").and_then(|title| text_of(title).line());
    article.kicker = all(entry, "category").find_map(section);
    article.standfirst = standfirst;
    article.authors = authors(path, entry, &reference);
    if let [author] = article.authors.as_mut_slice() {
        author.image = author.image.take().or(portrait);
    }
    let date = |names: &[&'static str]| names.iter().find_map(|name| visible_line(&child(entry, name)?.text()));
    article.modified = date(&["updated", "modified"]);
    article.published = date(&["published", "issued", "created"]).or_else(|| article.modified.clone());
    article.hero = hero.or_else(|| enclosure(entry, &reference));
    article.language = feed::language(&[path, content.as_slice()].concat());
    article.publisher = publisher(path, entry);
    article.url = url;
    warnings.extend(feed::contradiction(&mut article));
    Ok(Reading { article, warnings })
}

/// Whether content that is elsewhere is a text.
fn is_text_type(content: &Element) -> bool {
    content.attribute("type").is_none_or(|kind| kind.contains("html") || kind.starts_with("text"))
}

/// A text construct (section 3.1), or content of a type that holds text.
enum Text<'a> {
    Plain(String),
    Html(String),
    Tree(&'a Element),
    Other,
}

fn text_of(element: &Element) -> Text<'_> {
    let kind = element.attribute("type").unwrap_or("text").trim().to_ascii_lowercase();
    if element.attribute("mode").is_some_and(|mode| mode == "base64") {
        return Text::Other;
    }
    match kind.as_str() {
        "xhtml" | "application/xhtml+xml" => Text::Tree(element),
        // Markup that stands there unescaped.
        _ if element.elements().next().is_some() && (kind.contains("text") || kind.contains("html")) => {
            Text::Tree(element)
        }
        "html" | "text/html" => Text::Html(element.text()),
        kind if kind.starts_with("text") => {
            let text = element.text();
            // Escaped markup under the wrong type; a mere mention of a tag has no closing one.
            let is_markup = html_text::has_tags(&text) && (text.contains("</p>") || text.contains("<br"));
            if is_markup { Text::Html(text) } else { Text::Plain(text) }
        }
        _ => Text::Other,
    }
}

impl Text<'_> {
    fn line(&self) -> Option<String> {
        match self {
            Self::Plain(text) => visible_line(text),
            Self::Html(html) => feed::line_of_html(html),
            Self::Tree(element) => visible_line(&element.text()),
            Self::Other => None,
        }
    }

    fn summary(&self) -> Option<String> {
        match self {
            Self::Html(html) => feed::summary(html),
            other => other.line(),
        }
    }

    fn body(self, base: Option<&str>) -> Result<Option<Body>, ReadError> {
        match self {
            Self::Html(html) => feed::body_of_html(&html, base),
            Self::Tree(element) => Ok(feed::body_of_tree(feed::as_html(element.clone(), element.namespace), base)),
            Self::Plain(text) => Ok(super::plain_text::read(&text).ok().map(|reading| with_title(reading.article))),
            Self::Other => Ok(None),
        }
    }
}

/// A plain text with the line at its head, since the entry has a title of its own.
fn with_title(plain: Article) -> Body {
    match (plain.body, plain.title) {
        (Body::Text(mut blocks), Some(title)) => {
            blocks.insert(0, Block::Heading(title));
            Body::Text(blocks)
        }
        (body, _) => body,
    }
}

/// The name of a category; Blogger's own for posts and comments are none.
fn section(category: &Element) -> Option<String> {
    if category.attribute("scheme").is_some_and(|scheme| scheme.contains("schemas.google.com")) {
        return None;
    }
    feed::section(category.attribute("label").or_else(|| category.attribute("term"))?)
}

/// The entry's authors, else those of the feed that it was taken from, else the feed's (section 4.2.1).
fn authors(path: &[&Element], entry: &Element, reference: &dyn Fn(&str) -> Option<UrlRef>) -> Vec<Author> {
    let of = |element: &Element| -> Vec<Author> {
        let mut authors: Vec<Author> = Vec::new();
        for person in all(element, "author") {
            let text = |name| child(person, name).and_then(|child| visible_line(&child.text()));
            // Blogger's word for somebody without a profile.
            let Some(name) = text("name").filter(|name| name != "Unknown" && !name.contains("://")) else { continue };
            if authors.iter().all(|known| known.name != name) {
                // Blogger's extension `gd:image`; a sign of 16 pixels is nobody's portrait.
                let portrait = person.elements().find(|e| e.name == "image" && feed::pixels(e, "width") != Some(16));
                authors.push(Author {
                    name,
                    url: text("uri").or_else(|| text("url")).and_then(|uri| reference(&uri)),
                    image: portrait.and_then(|image| reference(image.attribute("src")?)),
                });
            }
        }
        authors
    };
    let source = child(entry, "source").into_iter();
    std::iter::once(entry)
        .chain(source)
        .chain(path.iter().copied().rev().skip(1))
        .map(of)
        .find(|authors| !authors.is_empty())
        .unwrap_or_default()
}

/// A picture that goes with the entry.
fn enclosure(entry: &Element, reference: &dyn Fn(&str) -> Option<UrlRef>) -> Option<Image> {
    let link = all(entry, "link").find(|link| {
        link.attribute("rel") == Some("enclosure") && link.attribute("type").is_some_and(feed::is_image_type)
    })?;
    Some(Image {
        src: reference(link.attribute("href")?)?,
        alt: link.attribute("title").and_then(visible_line),
        caption: None,
        width: None,
        height: None,
    })
}

/// The title of the feed that the entry comes from.
fn publisher(path: &[&Element], entry: &Element) -> Option<String> {
    let feeds = child(entry, "source").into_iter().chain(path.iter().copied().rev().skip(1));
    feeds.filter_map(|feed| text_of(child(feed, "title")?).line()).next()
}

#[cfg(test)]
mod tests {
    use crate::article::model::{Article, Author, Body, UrlRef};
    use crate::article::read::{Document, ReadError, Reading};
    use crate::text::reflow::Block;

    const ADDRESS: &str = "https://feeds.example/news/atom.xml";

    fn read_item(text: &str, item: Option<&str>) -> Result<Reading, ReadError> {
        crate::article::read::read(&Document {
            content_type: Some("application/atom+xml; charset=utf-8"),
            address: ADDRESS,
            item,
            text,
        })
    }

    fn read(text: &str) -> Article {
        read_item(text, None).unwrap().article
    }

    fn feed(of_feed: &str, of_entry: &str) -> String {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">{of_feed}<entry>{of_entry}</entry></feed>"
        )
    }

    fn text(body: &Body) -> String {
        match body {
            Body::Html(html) => html.text(),
            Body::Text(blocks) => blocks
                .iter()
                .map(|block| match block {
                    Block::Paragraph(text) | Block::Heading(text) => format!("{text}\n"),
                    Block::Verse(lines) | Block::List(lines) => lines.join("\n"),
                })
                .collect(),
            Body::Elsewhere => "elsewhere".to_owned(),
        }
    }

    fn url(address: &str) -> Option<UrlRef> {
        UrlRef::new(address)
    }

    /// As Blogger writes it.
    const BLOGGER: &str = r##"<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="https://www.blogger.com/styles/atom.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008' xmlns:georss='http://www.georss.org/georss' xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-71</id><updated>2026-11-14T10:00:00.000+01:00</updated>
<category term="بحر"/><title type='text'>دفتر الميناء</title><subtitle type='html'></subtitle>
<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml' href='https://daftar.example/feeds/posts/default'/>
<link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/71/posts/default'/>
<link rel='alternate' type='text/html' href='https://daftar.example/'/>
<author><name>Unknown</name><uri>http://www.blogger.com/profile/1</uri><email>noreply@blogger.com</email></author>
<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator>
<openSearch:totalResults>2</openSearch:totalResults><openSearch:startIndex>1</openSearch:startIndex><openSearch:itemsPerPage>25</openSearch:itemsPerPage>
<entry><id>tag:blogger.com,1999:blog-71.post-42</id><published>2026-11-14T08:30:00.000+01:00</published><updated>2026-11-14T09:45:00.000+01:00</updated>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme="http://www.blogger.com/atom/ns#" term="صيد"/><category scheme="http://www.blogger.com/atom/ns#" term="بحر"/>
<title type='text'>قوارب الفجر</title>
<content type='html'>&lt;div dir="rtl" style="text-align: right;"&gt;خرج الصيادون قبل الفجر.&lt;br /&gt;&lt;br /&gt;وعادوا مع &lt;a href="/2026/10/sea.html"&gt;المدّ&lt;/a&gt;.&lt;/div&gt;</content>
<link rel='replies' type='application/atom+xml' href='https://daftar.example/feeds/42/comments/default' title='تعليقات'/>
<link rel='edit' type='application/atom+xml' href='https://www.blogger.com/feeds/71/posts/default/42'/>
<link rel='self' type='application/atom+xml' href='https://www.blogger.com/feeds/71/posts/default/42'/>
<link rel='alternate' type='text/html' href='https://daftar.example/2026/11/dawn.html' title='قوارب الفجر'/>
<author><name>سلمى العلوي</name><uri>https://www.blogger.com/profile/2</uri><email>noreply@blogger.com</email><gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='32' height='32' src='//blogger.example/salma.jpg'/></author>
<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://blogger.googleusercontent.com/img/b/R2/s72-c/dawn.jpg" height="72" width="72"/>
<thr:total>3</thr:total></entry>
<entry><id>tag:blogger.com,1999:blog-71.post-43</id><title type='text'>الثانية</title><content type='html'>&lt;p&gt;نصّ ثانٍ.&lt;/p&gt;</content>
<link rel='alternate' type='text/html' href='https://daftar.example/2026/11/second.html'/></entry></feed>"##;

    #[test]
    fn an_entry_of_blogger_is_read_whole() {
        let article = read(BLOGGER);
        assert_eq!(article.title.as_deref(), Some("قوارب الفجر"));
        assert_eq!(article.kicker.as_deref(), Some("صيد"));
        assert_eq!(article.publisher.as_deref(), Some("دفتر الميناء"));
        assert_eq!(
            article.authors,
            [Author {
                name: "سلمى العلوي".to_owned(),
                url: url("https://www.blogger.com/profile/2"),
                image: url("//blogger.example/salma.jpg")
            }]
        );
        assert_eq!(article.published.as_deref(), Some("2026-11-14T08:30:00.000+01:00"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-14T09:45:00.000+01:00"));
        assert_eq!(article.url, url("https://daftar.example/2026/11/dawn.html"));
        assert_eq!(article.hero.unwrap().src.as_str(), "https://blogger.googleusercontent.com/img/b/R2/s1600/dawn.jpg");
        assert_eq!(text(&article.body), "خرج الصيادون قبل الفجر.\nوعادوا مع المدّ.\n");
    }

    #[test]
    fn an_entry_is_named_by_its_id_or_its_address() {
        for item in [
            "tag:blogger.com,1999:blog-71.post-43",
            "https://daftar.example/2026/11/second.html",
            "https://daftar.example/2026/11/second.html/",
        ] {
            let title = read_item(BLOGGER, Some(item)).unwrap().article.title;
            assert_eq!(title.as_deref(), Some("الثانية"), "{item}");
        }
        let known =
            vec!["tag:blogger.com,1999:blog-71.post-42".to_owned(), "tag:blogger.com,1999:blog-71.post-43".to_owned()];
        assert_eq!(read_item(BLOGGER, Some("44")), Err(ReadError::NoSuchItem { item: "44".to_owned(), known }));
    }

    #[test]
    fn an_error_lists_some_entries_of_many() {
        let entries: String =
            (0..99).map(|n| format!("<entry><id>urn:{n}</id><content>نصّ</content></entry>")).collect();
        let text = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{entries}</feed>");
        let Err(ReadError::NoSuchItem { known, .. }) = read_item(&text, Some("x")) else { panic!() };
        assert_eq!(known.len(), 16);
    }

    #[test]
    fn a_feed_without_entries_says_so() {
        assert_eq!(
            read_item("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title></feed>", None),
            Err(ReadError::NoItems)
        );
        let error = read_item(&feed("", "<title>عنوان</title>"), None).unwrap_err();
        let keys = vec!["title".to_owned()];
        assert_eq!(error, ReadError::NoBody { ty: "entry".to_owned(), wanted: "content", keys });
    }

    /// As a static site generator writes it: a tree of XHTML, `xml:base`, `xml:lang`, no address in the links.
    #[test]
    fn xhtml_is_taken_as_a_tree_with_its_base_and_language() {
        let article = read(
            r#"<entry xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://static.example/2026/">
            <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">أقلّ <em>من</em> &lt;لتر&gt;</div></title>
            <id>urn:uuid:1</id><link href="water/"/><updated>2026-11-01T00:00:00Z</updated>
            <summary>عن الماء</summary>
            <content type="xhtml" xml:lang="ar-MA" xml:base="water/">
            <div xmlns="http://www.w3.org/1999/xhtml"><p>فقرة <a href="map.html">بخريطة</a>.</p><script>x()</script><h2>عنوان فرعي</h2><p>وثانية.</p></div></content></entry>"#,
        );
        assert_eq!(article.title.as_deref(), Some("أقلّ من <لتر>"));
        assert_eq!(article.standfirst.as_deref(), Some("عن الماء"));
        assert_eq!(article.language.as_deref(), Some("ar-MA"));
        assert_eq!(article.url, url("https://static.example/2026/water/"));
        assert_eq!(article.published.as_deref(), Some("2026-11-01T00:00:00Z"));
        assert_eq!(text(&article.body).replace('\n', " ").trim(), "فقرة بخريطة. عنوان فرعي وثانية.");
        assert!(format!("{:?}", article.body).contains("https://static.example/2026/water/map.html"));
    }

    #[test]
    fn references_stand_under_the_entrys_address_where_no_base_is_declared() {
        let article = read(&feed(
            "",
            r#"<id>1</id><link href="https://news.example/2026/a/"/><content type="html">&lt;p&gt;&lt;a href="b"&gt;ب&lt;/a&gt;&lt;/p&gt;</content>"#,
        ));
        assert!(format!("{:?}", article.body).contains("https://news.example/2026/a/b"));
    }

    #[test]
    fn content_elsewhere_is_read_at_its_address() {
        for content in [
            r#"<link href="https://news.example/a"/><content src="https://news.example/a.pdf" type="application/pdf"/>"#,
            r#"<content src="https://news.example/a" type="text/html"/>"#,
            r#"<link rel="alternate" type="application/pdf" href="x.pdf"/><link href="https://news.example/a" rel="alternate" type="text/html"/>"#,
        ] {
            let article = read(&feed("", &format!("<id>1</id><title>ع</title><summary>ملخّص.</summary>{content}")));
            assert_eq!((article.body, article.url), (Body::Elsewhere, url("https://news.example/a")), "{content}");
            assert_eq!(article.standfirst.as_deref(), Some("ملخّص."));
        }
    }

    #[test]
    fn a_summary_is_the_text_where_there_is_nothing_else() {
        let article = read(&feed("", "<id>1</id><title>ع</title><summary>ملخّص قصير.</summary>"));
        assert_eq!((text(&article.body).as_str(), article.standfirst), ("ملخّص قصير.\n", None));
    }

    #[test]
    fn plain_text_is_reflowed_and_markup_under_the_wrong_type_is_markup() {
        let plain = read(&feed(
            "",
            "<id>1</id><content>سطر عن البحر طويل يلتفّ عند حافة النصّ المكتوب\nوسطر بعده في الفقرة نفسها يبلغ الحافة ثم يلتفّ\nثم ينتهي هنا &lt;b&gt;.\n\nوفقرة ثانية.</content>",
        ));
        assert_eq!(
            text(&plain.body),
            "سطر عن البحر طويل يلتفّ عند حافة النصّ المكتوب وسطر بعده في الفقرة نفسها يبلغ الحافة ثم يلتفّ ثم ينتهي هنا <b>.\nوفقرة ثانية.\n"
        );
        let markup = read(&feed(
            "",
            "<id>1</id><content type='text'>&lt;p&gt;أولى.&lt;/p&gt;&lt;p&gt;ثانية.&lt;/p&gt;</content>",
        ));
        assert_eq!(text(&markup.body), "أولى.\nثانية.\n");
        // XHTML without its namespace.
        let bare = read(&feed("", "<id>1</id><content type='html'><p>أولى.</p><p>ثانية.</p></content>"));
        assert_eq!(text(&bare.body), "أولى.\nثانية.\n");
    }

    #[test]
    fn what_an_entry_does_not_say_the_feed_says() {
        let of_feed = "<title>الميناء</title><author><name>هيئة التحرير</name></author>";
        let article = read(&feed(of_feed, "<id>1</id><content>نصّ.</content>"));
        assert_eq!(article.authors[0].name, "هيئة التحرير");
        let source =
            "<source><title type='html'>البحر &amp;amp; الجبل</title><author><name>مريم</name></author></source>";
        let article = read(&feed(of_feed, &format!("<id>1</id><content>نصّ.</content>{source}")));
        assert_eq!((article.authors[0].name.as_str(), article.publisher.as_deref()), ("مريم", Some("البحر & الجبل")));
    }

    #[test]
    fn pictures_come_from_media_rss_or_an_enclosure() {
        let media = r#"<media:group><media:thumbnail url="https://img.example/a.jpg" width="480" height="360"/><media:title>ميناء</media:title></media:group>"#;
        let article = read(&feed("", &format!("<id>1</id><content>نصّ.</content>{media}")));
        let hero = article.hero.unwrap();
        assert_eq!((hero.src.as_str(), hero.width, hero.height), ("https://img.example/a.jpg", Some(480), Some(360)));
        let enclosure = r#"<link rel="enclosure" type="audio/mpeg" href="a.mp3"/><link rel="enclosure" type="image/jpeg" href="b.jpg"/>"#;
        let article = read(&feed("", &format!("<id>1</id><content>نصّ.</content>{enclosure}")));
        assert_eq!(article.hero.unwrap().src.as_str(), "b.jpg");
    }

    #[test]
    fn a_templates_language_that_contradicts_the_title_is_left_out() {
        let entry = |lang: &str| {
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\"><entry><id>1</id><title>عنوان</title><content>نصّ.</content></entry></feed>"
            )
        };
        let reading = read_item(&entry("en-US"), None).unwrap();
        assert_eq!((reading.article.language, reading.warnings.len()), (None, 1));
        for (lang, title) in [("ar", "عنوان"), ("ar", "Google وحدها"), ("en", "The word كتاب")] {
            let reading = read_item(&entry(lang).replace("عنوان", title), None).unwrap();
            assert_eq!((reading.article.language.as_deref(), reading.warnings.len()), (Some(lang), 0), "{title}");
        }
    }
}
