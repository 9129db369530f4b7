//! An item of an RSS feed: 2.0 and 0.9x (<https://www.rssboard.org/rss-specification>), and 1.0
//! (<https://web.resource.org/rss/1.0/spec>), with the modules that publishers use: `content`, Dublin Core, Atom, Media
//! RSS.
//!
//! References in a text are resolved by the nearest `xml:base`; where there is none, by the item's own address.

use super::feed::{self, Media};
use super::{Document, ReadError, Reading, html_text, json_value};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::markup::{self, Element, Namespace};
use crate::text::bidi::visible_line;
use maqal_contract::unicode::is_visible;

/// Reads the item that the document's `item` names, by its `guid` or its address, or the first with a text or an address.
///
/// # Errors
/// [`ReadError::NoItems`], [`ReadError::NoSuchItem`], [`ReadError::NoBody`], [`ReadError::Forbidden`].
pub fn read(document: &Document, root: &Element) -> Result<Reading, ReadError> {
    let channel = root.elements().find(|element| element.name == "channel");
    // In RSS 1.0 the items stand beside their channel.
    let items: Vec<&Element> =
        [Some(root), channel].into_iter().flatten().flat_map(Element::elements).filter(|e| e.name == "item").collect();
    let names = |item: &Element| {
        let about = item.attribute("rdf:about").map(str::to_owned);
        let full = link(item).and_then(|link| markup::resolve(link.trim(), document.address));
        [text(item, "guid"), about, link(item), full].into_iter().flatten().filter(|name| is_visible(name)).collect()
    };
    let holds = |item: &Element| {
        link(item).is_some() || encoded(item).or_else(|| own(item, "description")).is_some_and(feed::holds_something)
    };
    let item = json_value::choose(&items, document.item, &names, &holds)?;
    let mut path = vec![root];
    path.extend(channel);
    path.push(item);
    article(document, &path, channel, item)
}

/// A child of RSS's own vocabulary, which is that of its parent.
fn own<'a>(parent: &'a Element, name: &str) -> Option<&'a Element> {
    parent.child(parent.namespace, name)
}

fn text(parent: &Element, name: &str) -> Option<String> {
    own(parent, name).map(Element::text).filter(|text| is_visible(text))
}

fn dublin_core(parent: &Element, name: &str) -> Option<String> {
    visible_line(&parent.child(Namespace::DublinCore, name)?.text())
}

fn encoded(item: &Element) -> Option<&Element> {
    item.child(Namespace::Content, "encoded").filter(|encoded| feed::holds_something(encoded))
}

/// The item's own address: that before a service counted its readers, its link, or an identifier that is an address.
fn link(item: &Element) -> Option<String> {
    let original = || item.elements().find(|e| e.name == "origLink").map(Element::text).filter(|text| is_visible(text));
    let atom = || {
        let is_page = |e: &&Element| {
            e.namespace == Namespace::Atom && e.name == "link" && matches!(e.attribute("rel"), None | Some("alternate"))
        };
        item.elements().find(is_page)?.attribute("href").map(str::to_owned)
    };
    let permalink = || {
        let guid = own(item, "guid")?;
        let is_address = !guid.attribute("isPermaLink").is_some_and(|is| is.trim().eq_ignore_ascii_case("false"));
        Some(guid.text()).filter(|guid| is_address && guid.trim_start().starts_with("http"))
    };
    original().or_else(|| text(item, "link")).or_else(atom).or_else(permalink)
}

/// A description without markup of at most so many characters stands for its article, in a newspaper's feed.
const TEASER_CHARS: usize = 500;

fn article(
    document: &Document,
    path: &[&Element],
    channel: Option<&Element>,
    item: &Element,
) -> Result<Reading, ReadError> {
    let declared = feed::base(path, document.address);
    let reference = |text: &str| feed::reference(text, declared.as_deref());
    let url = link(item).and_then(|link| reference(&link));
    let full_address =
        url.as_ref().and_then(|url| markup::resolve(url.as_str(), declared.as_deref().unwrap_or(document.address)));
    let base = declared.as_deref().or(full_address.as_deref());

    let description = own(item, "description");
    let mut standfirst = description.and_then(|description| feed::summary(&description.text()));
    let body = match (encoded(item), description) {
        (Some(encoded), _) => body(encoded, base)?,
        (None, Some(_)) if url.is_some() && standfirst.as_deref().is_some_and(|text| is_teaser(description, text)) => {
            Some(Body::Elsewhere)
        }
        (None, Some(description)) => {
            standfirst = None;
            body(description, base)?
        }
        (None, None) => None,
    };
    let body = body.or_else(|| url.is_some().then_some(Body::Elsewhere)).ok_or_else(|| ReadError::NoBody {
        ty: "item".to_owned(),
        wanted: "description",
        keys: item.elements().take(16).map(|element| element.name.clone()).collect(),
    })?;

    let Media { hero, portrait } = feed::media(item, declared.as_deref());
    let mut article = Article::of(body);
    // Titles are often escaped twice.
    article.title =
        text(item, "title").and_then(|title| visible_line(&html_text::decode(&feed::line_of_html(&title)?)));
    article.kicker = item
        .elements()
        .filter(|e| e.namespace == item.namespace && e.name == "category")
        .find_map(|category| feed::section(&category.text()))
        .or_else(|| feed::section(&dublin_core(item, "subject")?));
    article.standfirst = standfirst;
    article.authors = authors(item, &reference);
    if let [author] = article.authors.as_mut_slice() {
        author.image = author.image.take().or(portrait);
    }
    let atom = |name: &str| visible_line(&item.child(Namespace::Atom, name)?.text());
    article.published = text(item, "pubDate")
        .and_then(|date| visible_line(&date))
        .or_else(|| ["date", "issued", "created"].iter().find_map(|name| dublin_core(item, name)))
        .or_else(|| atom("published"));
    article.modified = atom("updated").or_else(|| dublin_core(item, "modified"));
    article.hero = hero.or_else(|| enclosure(item, &reference));
    article.language = dublin_core(item, "language")
        .or_else(|| feed::language(path))
        .or_else(|| visible_line(&text(channel?, "language")?))
        .or_else(|| dublin_core(channel?, "language"));
    article.publisher = channel.and_then(|channel| feed::line_of_html(&text(channel, "title")?));
    article.url = url;
    let warnings = feed::contradiction(&mut article).into_iter().collect();
    Ok(Reading { article, warnings })
}

/// Whether a description is not the article itself: it was cut off, or is a line or two without any markup.
fn is_teaser(description: Option<&Element>, text: &str) -> bool {
    let html = description.map(Element::text).unwrap_or_default();
    feed::is_cut_off(text) || (!html_text::has_tags(&html) && text.chars().count() <= TEASER_CHARS)
}

/// The body in escaped markup, or in markup that stands there unescaped.
fn body(element: &Element, base: Option<&str>) -> Result<Option<Body>, ReadError> {
    if element.elements().next().is_some() {
        return Ok(feed::body_of_tree(feed::as_html(element.clone(), Namespace::None), base));
    }
    let text = element.text();
    // Markup that was escaped once too often; a mere mention of a tag has no closing one.
    let twice = !html_text::has_tags(&text) && (text.contains("&lt;/p&gt;") || text.contains("&lt;br"));
    feed::body_of_html(&if twice { html_text::decode(&text) } else { text }, base)
}

/// Who wrote it: `dc:creator`, else `author`, which should be an address of electronic mail with the name in brackets.
fn authors(item: &Element, reference: &dyn Fn(&str) -> Option<UrlRef>) -> Vec<Author> {
    let mut authors: Vec<Author> = Vec::new();
    let mut push = |name: Option<String>, url: Option<UrlRef>| {
        if let Some(name) = name.filter(|name| authors.iter().all(|known| known.name != *name)) {
            authors.push(Author { name, url, image: None });
        }
    };
    for element in item.elements() {
        if element.namespace == Namespace::DublinCore && element.name == "creator" {
            push(name_of(&element.text()), None);
        }
    }
    for element in item.elements().filter(|e| e.namespace == Namespace::Atom && e.name == "author") {
        let part = |name| element.child(Namespace::Atom, name).map(Element::text);
        push(part("name").and_then(|name| visible_line(&name)), part("uri").and_then(|uri| reference(&uri)));
    }
    if authors.is_empty()
        && let Some(name) = text(item, "author").and_then(|author| name_of(&author))
    {
        authors.push(Author { name, url: None, image: None });
    }
    authors
}

/// The name in `mail@x (Name)`, `Name <mail@x>` or `Name`. An address alone names nobody.
fn name_of(author: &str) -> Option<String> {
    let author = visible_line(&html_text::decode(author))?;
    if !author.contains('@') {
        return Some(author);
    }
    let bracketed = author.split_once('(').map(|(_, rest)| rest.trim_end().trim_end_matches(')'));
    let before = author.split_once('<').map(|(name, _)| name.trim_matches(['"', ' ']));
    visible_line(bracketed.or(before)?)
}

/// A picture that goes with the item.
fn enclosure(item: &Element, reference: &dyn Fn(&str) -> Option<UrlRef>) -> Option<Image> {
    let is_picture = |e: &&Element| e.name == "enclosure" && e.attribute("type").is_some_and(feed::is_image_type);
    let src = reference(item.elements().find(is_picture)?.attribute("url")?)?;
    Some(Image { src, alt: None, caption: None, width: None, height: None })
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use crate::article::model::{Article, Body, UrlRef};
    use crate::article::read::{Document, ReadError, Reading};

    fn read_item(text: &str, item: Option<&str>) -> Result<Reading, ReadError> {
        crate::article::read::read(&Document {
            content_type: Some("application/rss+xml; charset=UTF-8"),
            address: "https://news.example/feed/",
            item,
            text,
        })
    }

    fn read(text: &str) -> Article {
        read_item(text, None).unwrap().article
    }

    fn of_item(fields: &str) -> Article {
        read(&rss("", fields))
    }

    fn rss(of_channel: &str, fields: &str) -> String {
        format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
             xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>{of_channel}<item>{fields}</item></channel></rss>"
        )
    }

    fn text(article: &Article) -> String {
        match &article.body {
            Body::Html(html) => html.text(),
            other => format!("{other:?}"),
        }
    }

    fn url(address: &str) -> Option<UrlRef> {
        UrlRef::new(address)
    }

    /// As WordPress writes it.
    const WORDPRESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
	xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>
<channel>
	<title>صحيفة الميناء</title>
	<atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml" />
	<link>https://news.example</link>
	<description>أخبار الساحل</description>
	<lastBuildDate>Sat, 14 Nov 2026 09:00:00 +0000</lastBuildDate>
	<language>ar</language>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<sy:updateFrequency>
	1	</sy:updateFrequency>
	<generator>https://wordpress.org/?v=6.9</generator>
<image>
	<url>https://news.example/icon.png</url>
	<title>صحيفة الميناء</title>
	<link>https://news.example</link>
	<width>32</width>
	<height>32</height>
</image>
	<item>
		<title>الصيد في &#8220;الفجر&#8221; &#038; بعده</title>
		<link>https://news.example/2026/11/dawn/</link>
					<comments>https://news.example/2026/11/dawn/#comments</comments>
		<dc:creator><![CDATA[سلمى العلوي]]></dc:creator>
		<pubDate>Sat, 14 Nov 2026 08:30:00 +0000</pubDate>
				<category><![CDATA[غير مصنف]]></category>
		<category><![CDATA[بيئة &amp; بحر]]></category>
		<guid isPermaLink="false">https://news.example/?p=42</guid>
					<description><![CDATA[<p>خرج الصيادون قبل الفجر بساعة، [&#8230;]</p>
<p>ظهرت المقالة <a href="https://news.example/2026/11/dawn/">الصيد</a> أولاً على <a href="https://news.example">صحيفة الميناء</a>.</p>
]]></description>
										<content:encoded><![CDATA[
<figure class="wp-block-image size-large"><img loading="lazy" src="/wp-content/uploads/sea.jpg" alt="الميناء" width="1024" height="683"/><figcaption>الميناء فجرًا</figcaption></figure>
<p>خرج الصيادون قبل الفجر بساعة، وعادوا مع المدّ.</p>
<h2 class="wp-block-heading">عودة</h2>
<p>ثم باعوا ما صادوا.</p>
<p>ظهرت المقالة <a href="https://news.example/2026/11/dawn/">الصيد</a> أولاً على <a href="https://news.example">صحيفة الميناء</a>.</p>
]]></content:encoded>
					<wfw:commentRss>https://news.example/2026/11/dawn/feed/</wfw:commentRss>
			<slash:comments>3</slash:comments>
	</item>
	<item><title>الثانية</title><link>https://news.example/2026/11/second/</link><guid>https://news.example/?p=43</guid><description><![CDATA[<p>نصّ ثانٍ.</p>]]></description></item>
</channel></rss>"#;

    #[test]
    fn an_item_of_wordpress_is_read_whole() {
        let article = read(WORDPRESS);
        assert_eq!(article.title.as_deref(), Some("الصيد في “الفجر” & بعده"));
        assert_eq!(article.kicker.as_deref(), Some("بيئة & بحر"));
        assert_eq!(article.authors[0].name, "سلمى العلوي");
        assert_eq!(article.published.as_deref(), Some("Sat, 14 Nov 2026 08:30:00 +0000"));
        assert_eq!(article.url, url("https://news.example/2026/11/dawn/"));
        assert_eq!((article.language.as_deref(), article.publisher.as_deref()), (Some("ar"), Some("صحيفة الميناء")));
        let hero = article.hero.as_ref().unwrap();
        assert_eq!(hero.src.as_str(), "https://news.example/wp-content/uploads/sea.jpg");
        assert_eq!(hero.caption.as_deref(), Some("الميناء فجرًا"));
        let text = text(&article);
        assert_eq!(
            text.split_whitespace().collect::<Vec<_>>().join(" "),
            "خرج الصيادون قبل الفجر بساعة، وعادوا مع المدّ. عودة ثم باعوا ما صادوا."
        );
    }

    #[test]
    fn what_plugins_put_into_a_text_is_no_part_of_it() {
        let article = of_item(
            r#"<link>https://news.example/1</link><content:encoded><![CDATA[<p id="ad-1">أولى.</p><h2 id="social-impact">قسم</h2><aside><p>حاشية.</p></aside>
            <p><strong>اقرأ أيضا:</strong> <a href="/2">خبر آخر</a></p><p>ثانية.</p><p>ظهرت المقالة <a href="/1">ع</a> أولاً على <a href="/">الميناء</a>.</p>
            <div class="sharedaddy sd-sharing-enabled"><h3>شارك</h3><ul><li><a href="/s">س</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><p>مقال آخر</p></div>
            <div class="addtoany_share_save_container addtoany_content">شارك</div><ul class="social-share"><li>ش</li></ul><p>&nbsp;</p>]]></content:encoded>"#,
        );
        assert_eq!(text(&article).split_whitespace().collect::<Vec<_>>().join(" "), "أولى. قسم حاشية. ثانية.");
        // Where nothing is left, it is read at its own address.
        let only = "<link>https://news.example/1</link><content:encoded>&lt;p&gt;اقرأ أيضا: &lt;a href='/2'&gt;خبر&lt;/a&gt;&lt;/p&gt;</content:encoded>";
        assert_eq!(of_item(only).body, Body::Elsewhere);
    }

    #[test]
    fn an_item_is_named_by_its_guid_or_its_address() {
        for item in [
            "https://news.example/?p=43",
            "https://news.example/2026/11/second",
            "https://news.example/2026/11/s%65cond/",
            "https://news.example/2026/11/second/",
        ] {
            assert_eq!(read_item(WORDPRESS, Some(item)).unwrap().article.title.as_deref(), Some("الثانية"), "{item}");
        }
        let Err(ReadError::NoSuchItem { known, .. }) = read_item(WORDPRESS, Some("x")) else { panic!() };
        assert_eq!(known, ["https://news.example/?p=42", "https://news.example/?p=43"]);
    }

    #[test]
    fn rss_1_0_has_its_items_beside_the_channel() {
        let article = read(
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
            <channel rdf:about="https://news.example/rss"><title>الميناء</title><link>https://news.example/</link><dc:language>ar</dc:language>
            <items><rdf:Seq><rdf:li resource="https://news.example/1"/></rdf:Seq></items></channel>
            <item rdf:about="https://news.example/1"><title>عنوان</title><link>https://news.example/1</link><dc:date>2026-11-14</dc:date>
            <dc:creator>مريم</dc:creator><dc:creator>ياسين</dc:creator><dc:subject>بحر</dc:subject><description>ملخّص.</description>
            <content:encoded><![CDATA[<p>نصّ.</p>]]></content:encoded></item></rdf:RDF>"#,
        );
        assert_eq!((text(&article).as_str(), article.standfirst.as_deref()), ("نصّ.\n", Some("ملخّص.")));
        let names: Vec<_> = article.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(names, ["مريم", "ياسين"]);
        assert_eq!((article.published.as_deref(), article.kicker.as_deref()), (Some("2026-11-14"), Some("بحر")));
        assert_eq!((article.language.as_deref(), article.publisher.as_deref()), (Some("ar"), Some("الميناء")));
    }

    #[test]
    fn a_description_is_the_text_where_nothing_else_is() {
        let link = "<link>https://news.example/1</link>";
        let article =
            of_item(&format!("{link}<description>&lt;p&gt;أولى.&lt;/p&gt;&lt;p&gt;ثانية.&lt;/p&gt;</description>"));
        assert_eq!((text(&article).as_str(), article.standfirst), ("أولى.\nثانية.\n", None));
        // Without an address there is nowhere else to read it.
        let article = of_item("<description>سطر واحد فقط.</description>");
        assert!(text(&article).contains("سطر واحد فقط."));
        let twice = of_item("<description>&amp;lt;p&amp;gt;أولى.&amp;lt;/p&amp;gt;</description>");
        assert_eq!(text(&twice), "أولى.\n");
        let bare = of_item("<description><P>أولى.</P><p>ثانية.</p></description>");
        assert_eq!(text(&bare), "أولى.\nثانية.\n");
    }

    #[test]
    fn a_teaser_is_no_text() {
        for description in
            ["سطر عن الخبر بلا وسوم.", "&lt;p&gt;خرج الصيادون […]&lt;/p&gt;", "&lt;p&gt;خرج الصيادون...&lt;/p&gt;"]
        {
            let fields =
                format!("<title>ع</title><link>https://news.example/1</link><description>{description}</description>");
            let article = of_item(&fields);
            assert_eq!(article.body, Body::Elsewhere, "{description}");
            assert!(article.standfirst.is_some());
        }
        let article = of_item("<title>ع</title><link>https://news.example/1</link>");
        assert_eq!((article.body, article.standfirst), (Body::Elsewhere, None));
    }

    #[test]
    fn the_address_is_the_link_or_a_guid_that_is_one() {
        let text = "<description>&lt;p&gt;نصّ&lt;/p&gt;</description>";
        for (fields, expected) in [
            ("<guid>https://news.example/1</guid>", url("https://news.example/1")),
            ("<guid isPermaLink=\"true\">https://news.example/1</guid>", url("https://news.example/1")),
            ("<guid isPermaLink=\"false\">https://news.example/1</guid>", None),
            ("<guid>42</guid>", None),
            ("<link/><atom:link href=\"https://news.example/1\"/>", url("https://news.example/1")),
            (
                "<link>\n https://news.example/1\n</link><guid>https://news.example/2</guid>",
                url("https://news.example/1"),
            ),
            (
                "<link>https://feeds.example/r/1</link><f:origLink xmlns:f=\"http://rssnamespace.org/feedburner/ext/1.0\">https://news.example/1</f:origLink>",
                url("https://news.example/1"),
            ),
        ] {
            assert_eq!(of_item(&format!("{fields}{text}")).url, expected, "{fields}");
        }
    }

    #[test]
    fn titles_that_are_escaped_twice_are_text() {
        for title in [
            "البحر &amp;amp; الجبل",
            "البحر &amp; الجبل",
            "<![CDATA[البحر &#038; الجبل]]>",
            "<![CDATA[<b>البحر</b> &amp;#038; الجبل]]>",
        ] {
            let fields = format!("<title>{title}</title><description>&lt;p&gt;نصّ&lt;/p&gt;</description>");
            assert_eq!(of_item(&fields).title.as_deref(), Some("البحر & الجبل"), "{title}");
        }
    }

    #[test]
    fn an_author_is_a_name_and_not_an_address() {
        assert_eq!(name_of("editor@news.example (سلمى العلوي)").as_deref(), Some("سلمى العلوي"));
        assert_eq!(name_of("\"سلمى العلوي\" <editor@news.example>").as_deref(), Some("سلمى العلوي"));
        assert_eq!(name_of("سلمى (الرباط)").as_deref(), Some("سلمى (الرباط)"));
        assert_eq!(
            (name_of("editor@news.example"), name_of("editor@news.example ()"), name_of(" ")),
            (None, None, None)
        );
        let article = of_item("<author>a@b.example (مريم)</author><description>&lt;p&gt;نصّ&lt;/p&gt;</description>");
        assert_eq!(article.authors[0].name, "مريم");
    }

    #[test]
    fn pictures_come_from_an_enclosure_or_media_rss_but_not_from_the_channel() {
        let body = "<description>&lt;p&gt;نصّ&lt;/p&gt;</description>";
        let of = |fields: &str| of_item(&format!("{fields}{body}")).hero.map(|hero| hero.src.as_str().to_owned());
        assert_eq!(of("<enclosure url=\"https://x.example/a.mp3\" type=\"audio/mpeg\"/>"), None);
        assert_eq!(of("<enclosure url=\"a.jpg\" type=\"Image/JPEG\" length=\"0\"/>").as_deref(), Some("a.jpg"));
        assert_eq!(
            of("<media:content url=\"b.jpg\" medium=\"image\"/><enclosure url=\"a.jpg\" type=\"image/jpeg\"/>")
                .as_deref(),
            Some("b.jpg")
        );
        let channel = rss("<image><url>https://x.example/logo.png</url></image>", body);
        assert_eq!(read(&channel).hero, None);
    }

    #[test]
    fn a_channel_without_items_says_so() {
        for feed in ["<rss version=\"2.0\"><channel><title>x</title></channel></rss>", "<rss/>"] {
            assert_eq!(read_item(feed, None), Err(ReadError::NoItems), "{feed}");
        }
        let error = read_item(&rss("", "<title>عنوان</title>"), None).unwrap_err();
        assert!(matches!(error, ReadError::NoBody { wanted: "description", .. }), "{error}");
    }
}
