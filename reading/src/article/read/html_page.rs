//! A whole web page: its JSON-LD, its Open Graph (<https://ogp.me>), its markup. What one says is not asked of the next.

use super::html_article::{self, Known};
use super::outline::{Origin, Outline};
use super::{Document, ReadError, Reading, feed, json_ld};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::markup::{self, Element};
use crate::text::bidi::visible_line;

/// The title that a page gives itself, if it can be parsed.
pub(super) fn title(text: &str) -> Option<String> {
    Head::of(&markup::page(text).ok()?).title()
}

/// Reads the article of a page, or of a fragment of HTML.
///
/// # Errors
/// [`ReadError::HtmlInstead`], [`ReadError::NoArticleInHtml`], [`ReadError::Forbidden`].
pub fn read(document: &Document) -> Result<Reading, ReadError> {
    let mut root = markup::page(document.text)?;
    if let Some(base) = base(&root, document.address) {
        markup::make_absolute(&mut root, &base);
    }
    if !is_page(&root, document.text) {
        let reading = html_article::read(&root, document.item, document.address);
        let is_article = !reading.article.body.is_empty();
        return if is_article { Ok(reading) } else { Err(ReadError::NoArticleInHtml { title: None }) };
    }
    let head = Head::of(&root);
    let described = json_ld::describe(&html_article::scripts(&root), document.item, document.address);
    if described.is_none()
        && !document.content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("xhtml"))
        && let Some(extension) = data_extension(document.address)
    {
        return Err(ReadError::HtmlInstead { promised: [".", &extension].concat(), title: head.title() });
    }
    let is_article = described.is_some() || head.is_article();
    let (mut article, mut warnings) = match described {
        Some(Reading { article, warnings }) => (article, warnings),
        None => (Article::of(Body::Text(Vec::new())), Vec::new()),
    };

    let outline = Outline::of(&root, Origin::Page);
    let mut open_graph = head.article();
    open_graph.title = open_graph.title.map(|title| as_headed(title, &outline));
    let title = article.title.clone().or_else(|| open_graph.title.clone());
    let standfirst = article.standfirst.clone().or_else(|| open_graph.standfirst.clone());
    let known = Known {
        title: title.as_deref(),
        standfirst: standfirst.as_deref(),
        hero: article.hero.is_some() || open_graph.hero.is_some(),
    };
    let markup =
        text(&outline, is_article).map(|text| html_article::article(&outline, scope(&outline, text), text, &known));
    // Open Graph's language is often a template's: what the text or the page declares comes first.
    let declared = markup.as_ref().and_then(|markup| markup.language.clone());
    open_graph.language = declared.or_else(|| visible_line(root.attribute("lang")?)).or(open_graph.language);
    html_article::fill(&mut article, open_graph);
    if let Some(markup) = markup {
        html_article::fill(&mut article, markup);
    }
    article.title = article.title.take().or_else(|| Some(as_headed(head.title()?, &outline)));
    article.url = article.url.take().or_else(|| UrlRef::new(document.address));
    warnings.extend(feed::contradiction(&mut article));
    if article.body.is_empty() {
        let is_described = article.title.is_some() && (article.standfirst.is_some() || article.hero.is_some());
        if !is_described || article.url.is_none() {
            return Err(ReadError::NoArticleInHtml { title: head.title() });
        }
        article.body = Body::Elsewhere;
    }
    Ok(Reading { article, warnings })
}

/// The address that the page's references stand under, where it declares one.
fn base(root: &Element, address: &str) -> Option<String> {
    markup::resolve(root.find(&|e| e.is("base"))?.attribute("href")?.trim(), address)
}

/// Whether the text is a page, and not a fragment, to which the parser adds what a page has.
fn is_page(root: &Element, text: &str) -> bool {
    let head = root.elements().find(|e| e.is("head"));
    let is_told = |e: &Element| ["title", "meta", "base"].iter().any(|name| e.is(name)) || e.lists("rel", "canonical");
    let begins = |start: &str| {
        let text = super::start(text);
        text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
    };
    head.is_some_and(|head| head.elements().any(is_told))
        || ["<!doctype", "<html", "<head", "<body"].iter().any(|start| begins(start))
        || root.attribute("lang").is_some()
}

/// The ending of an address that promises data or plain text, without its dot.
fn data_extension(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    ["json", "jsonld", "xml", "rss", "atom", "txt"].contains(&extension.as_str()).then_some(extension)
}

/// What a page says of itself: its `meta`, `link` and `title` elements, wherever the parser left them.
struct Head<'a> {
    metas: Vec<&'a Element>,
    links: Vec<&'a Element>,
    title: Option<&'a Element>,
}

impl<'a> Head<'a> {
    fn of(root: &'a Element) -> Self {
        Self {
            metas: root.find_all(&|e| e.is("meta")),
            links: root.find_all(&|e| e.is("link")),
            title: root.find(&|e| e.is("title")),
        }
    }

    /// The values of a property, which some write as a name.
    fn all(&self, property: &'static str) -> impl Iterator<Item = String> {
        let is_it = move |meta: &&&Element| {
            ["property", "name", "itemprop"].iter().any(|attribute| {
                meta.attribute(attribute).is_some_and(|name| name.trim().eq_ignore_ascii_case(property))
            })
        };
        self.metas.iter().filter(is_it).filter_map(|meta| visible_line(meta.attribute("content")?))
    }

    /// The first value of the first of these properties that has one.
    fn first(&self, properties: &[&'static str]) -> Option<String> {
        properties.iter().find_map(|property| self.all(property).next())
    }

    fn is_article(&self) -> bool {
        self.first(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
            || self.first(&["article:published_time"]).is_some()
    }

    fn site(&self) -> Option<String> {
        self.first(&["og:site_name", "application-name"])
    }

    /// The page's title, without that of its site.
    fn title(&self) -> Option<String> {
        let title = visible_line(&self.title?.text())?;
        Some(self.without_site(title))
    }

    fn without_site(&self, title: String) -> String {
        let Some(site) = self.site() else { return title };
        let cut = |rest: &str| {
            let rest = rest.trim();
            BETWEEN
                .iter()
                .find_map(|mark| rest.strip_suffix(mark).or_else(|| rest.strip_prefix(mark)))
                .and_then(visible_line)
        };
        let bare = title.strip_suffix(site.as_str()).or_else(|| title.strip_prefix(site.as_str())).and_then(cut);
        bare.unwrap_or(title)
    }

    /// The language of Open Graph: `ar_MA`; `ar_AR` is how its makers write Arabic of no country.
    fn locale(&self) -> Option<String> {
        let locale = self.first(&["og:locale"])?;
        let tag = locale.replace('_', "-");
        Some(if tag.eq_ignore_ascii_case("ar-AR") { "ar".to_owned() } else { tag })
    }

    /// What the page says of its article; its text is not among that.
    fn article(&self) -> Article {
        let mut article = Article::of(Body::Text(Vec::new()));
        article.title = self.first(&["og:title", "twitter:title"]).map(|title| self.without_site(title));
        article.kicker = self.first(&["article:section"]);
        article.standfirst = self.first(&["og:description", "description", "twitter:description"]);
        // Facebook's own use of the property is the address of a profile.
        for name in ["article:author", "author"].iter().flat_map(|property| self.all(property)) {
            let is_name = !name.contains("://") && !name.starts_with('@');
            if is_name && article.authors.iter().all(|known| known.name != name) {
                article.authors.push(Author { name, url: None, image: None });
            }
        }
        article.published = self.first(&["article:published_time", "datePublished", "og:published_time"]);
        article.modified = self.first(&["article:modified_time", "dateModified", "og:updated_time"]);
        article.hero = self.hero();
        article.language = self.locale();
        article.publisher = self.site();
        let canonical = || self.links.iter().find(|link| link.lists("rel", "canonical"))?.attribute("href");
        article.url = canonical().and_then(UrlRef::new).or_else(|| UrlRef::new(&self.first(&["og:url"])?));
        article
    }

    /// The first picture, with what is told of it: structured properties follow the picture that they belong to.
    fn hero(&self) -> Option<Image> {
        let [mut src, mut secure, mut alt, mut width, mut height] = [const { None }; 5];
        for meta in &self.metas {
            let Some(name) = meta.attribute("property").or_else(|| meta.attribute("name")) else { continue };
            let name = name.trim().to_ascii_lowercase();
            let Some((part, value)) =
                name.strip_prefix("og:image").zip(meta.attribute("content").and_then(visible_line))
            else {
                continue;
            };
            let told = match part {
                "" | ":url" if src.as_ref().is_some_and(|known| *known != value) => break,
                "" | ":url" => &mut src,
                ":secure_url" => &mut secure,
                ":alt" => &mut alt,
                ":width" => &mut width,
                ":height" => &mut height,
                _ => continue,
            };
            told.get_or_insert(value);
        }
        let pixels = |told: Option<String>| told?.parse().ok().filter(|n| *n > 0);
        Some(Image {
            src: UrlRef::new(&secure.or(src).or_else(|| self.first(&["twitter:image", "twitter:image:src"]))?)?,
            alt: alt.or_else(|| self.first(&["twitter:image:alt"])),
            caption: None,
            width: pixels(width),
            height: pixels(height),
        })
    }
}

/// What parts a page's title from the name of its site.
const BETWEEN: [&str; 8] = ["-", "|", "–", "—", "::", "»", "•", "·"];

/// `title` without what follows the page's own heading in it, where the page does not name its site.
fn as_headed(title: String, outline: &Outline) -> String {
    let names_site = |heading: &str| {
        let rest = title.strip_prefix(heading)?;
        let mark = rest.strip_prefix(char::is_whitespace)?.trim_start();
        BETWEEN.iter().any(|between| mark.starts_with(between)).then_some(())
    };
    let headings = outline.entries.iter().filter(|entry| entry.element.is("h1"));
    let heading =
        headings.filter_map(|entry| visible_line(&entry.element.text())).find(|heading| names_site(heading).is_some());
    heading.unwrap_or(title)
}

/// Names of the element that holds an article's text, as content systems and themes have them.
const TEXT_CLASSES: [&str; 12] = [
    "entry-content",
    "post-body",
    "article-body",
    "article__body",
    "article-content",
    "article__content",
    "post-content",
    "story-body",
    "article-text",
    "td-post-content",
    "post__content",
    "entry__content",
];

/// Prose that is less than this is no article, where nothing but its place says that it is one; in letters and digits.
const MIN_PROSE: usize = 80;

/// As [`MIN_PROSE`], where not even its place says so.
const MIN_PROSE_ANYWHERE: usize = 400;

/// The entry with the text of the page's article. `is_article`: the page says that it is one, and not a list of them.
fn text(outline: &Outline, is_article: bool) -> Option<usize> {
    type IsKind<'a> = &'a dyn Fn(&Element) -> bool;
    let kinds: [(IsKind, usize); 4] = [
        (&|e| e.lists("itemprop", "articleBody"), 1),
        (&|e| TEXT_CLASSES.iter().any(|name| e.lists("class", name)), 1),
        (&|e| e.is("article") || e.lists("role", "article"), 1),
        (&|e| e.is("main") || e.lists("role", "main"), if is_article { MIN_PROSE / 4 } else { MIN_PROSE }),
    ];
    let mut found: Option<usize> = None;
    for (is_kind, least) in kinds {
        let candidates = outermost(outline, is_kind);
        let weights: Vec<usize> = candidates.iter().map(|at| outline.prose(*at)).collect();
        let (Some(heaviest), sum) = (weights.iter().copied().max(), weights.iter().sum::<usize>()) else { continue };
        // Several alike are a list of teasers, unless the page says that it is about one article: then the others are
        // what it offers to be read next.
        if !is_article && candidates.len() > 2 && heaviest * 2 < sum {
            return None;
        }
        let best = candidates.into_iter().find(|at| outline.prose(*at) * 2 >= heaviest && outline.prose(*at) >= least);
        let Some(best) = best.filter(|best| is_article || !is_list(outline, *best)) else { continue };
        // A wider kind is better only where it holds most of the text and the narrower one does not.
        match found {
            Some(narrow) if outline.prose(narrow) * 2 >= outline.prose(best) => {}
            _ => found = Some(best),
        }
    }
    found.or_else(|| paragraphs(outline, if is_article { MIN_PROSE } else { MIN_PROSE_ANYWHERE }, is_article))
}

fn outermost(outline: &Outline, is_kind: &dyn Fn(&Element) -> bool) -> Vec<usize> {
    let mut next = 0;
    let mut found = Vec::new();
    for (at, entry) in outline.entries.iter().enumerate() {
        if at >= next && is_kind(entry.element) {
            found.push(at);
            next = entry.end;
        }
    }
    found
}

/// Whether an element is a list of teasers: several headings that lead elsewhere, with little text to each.
fn is_list(outline: &Outline, at: usize) -> bool {
    let headings = ["h1", "h2", "h3", "h4"];
    let leads_elsewhere = |e: &Element| e.attribute("href").is_some_and(|href| !href.trim_start().starts_with('#'));
    let teasers = outline.within(at).filter(|at| {
        let element = outline.entries[*at].element;
        headings.iter().any(|name| element.is(name))
            && (element.find(&leads_elsewhere).is_some()
                || outline.around(*at).take(3).any(|at| leads_elsewhere(outline.entries[at].element)))
    });
    let teasers = teasers.count();
    teasers >= 3 && outline.prose(at) < teasers * 400
}

/// What stands in a line of text.
const INLINE: [&str; 9] = ["b", "strong", "i", "em", "u", "span", "font", "small", "big"];

/// The entry with the most prose in paragraphs of its own, or in loose text parted by line breaks, of a page that says
/// nowhere which that is.
fn paragraphs(outline: &Outline, least: usize, is_article: bool) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (at, entry) in outline.entries.iter().enumerate() {
        let (mut sum, mut count, mut breaks) = (0, 0, 0);
        let mut loose = outline.prose(at);
        let mut next = at + 1;
        while next < entry.end {
            let (inner, prose) = (outline.entries[next].element, outline.prose(next));
            next = outline.entries[next].end;
            if inner.is("p") {
                sum += prose;
                count += usize::from(prose > 0);
            }
            breaks += usize::from(inner.is("br"));
            if !INLINE.iter().any(|name| inner.is(name)) {
                loose -= prose;
            }
        }
        if breaks > 1 {
            sum += loose;
            count += breaks;
        }
        if count >= if is_article { 1 } else { 3 } && best.is_none_or(|(_, most)| sum > most) {
            best = Some((at, sum));
        }
    }
    let (at, sum) = best?;
    (sum >= least && (is_article || !is_list(outline, at))).then_some(at)
}

/// The entry around `text` in which the article's heading, picture and names stand: the nearest article, else the nearest
/// element with one heading of level one.
fn scope(outline: &Outline, text: usize) -> usize {
    let is_scope = |e: &Element| {
        e.is("article")
            || e.lists("role", "article")
            || e.attribute("itemtype").is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"))
            || ["hentry", "post"].iter().any(|name| e.lists("class", name))
    };
    let around = || outline.around(text);
    let has_heading = |at: usize| outline.find(outline.within(at), &|e| e.is("h1")).is_some();
    around()
        .find(|at| is_scope(outline.entries[*at].element))
        .filter(|at| has_heading(*at))
        .or_else(|| around().find(|at| has_heading(*at)))
        .or_else(|| around().find(|at| is_scope(outline.entries[*at].element)))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::article::model::{Article, Author, Body, UrlRef};
    use crate::article::read::{Document, ReadError, Reading};

    fn read_at(address: &str, text: &str) -> Result<Reading, ReadError> {
        crate::article::read::read(&Document {
            content_type: Some("text/html; charset=utf-8"),
            address,
            item: None,
            text,
        })
    }

    fn read(text: &str) -> Article {
        read_at("https://news.example/2026/11/dawn/?utm=x", text).unwrap().article
    }

    fn words(article: &Article) -> String {
        let Body::Html(html) = &article.body else { panic!("{:?}", article.body) };
        html.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn url(address: &str) -> Option<UrlRef> {
        UrlRef::new(address)
    }

    const FIRST: &str = "خرج الصيادون قبل الفجر بساعة، وكان البحر هادئًا كأنه ينتظرهم، ثم هبّت ريح خفيفة من جهة الغرب.";
    const SECOND: &str =
        "عادوا مع المدّ إلى الميناء، وباعوا ما صادوه على الرصيف قبل أن ترتفع الشمس فوق أسطح المدينة القديمة.";

    /// A theme of WordPress with everything around the article, and the JSON-LD of a plugin, which has no text.
    fn wordpress(body: &str) -> String {
        format!(
            r##"<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="UTF-8">
<noscript><img height="1" width="1" src="https://track.example/p.gif"></noscript>
<title>قوارب الفجر - صحيفة الميناء</title><link rel="canonical" href="https://news.example/2026/11/dawn/">
<meta property="og:locale" content="ar_AR"><meta property="og:type" content="article"><meta property="og:title" content="قوارب الفجر - صحيفة الميناء">
<meta property="og:description" content="عن صيّادي الساحل."><meta property="og:site_name" content="صحيفة الميناء">
<meta property="og:image" content="https://news.example/wp-content/uploads/sea.jpg"><meta property="og:image:width" content="1600"><meta property="og:image:height" content="900">
<meta property="article:published_time" content="2026-11-14T08:30:00+00:00"><meta property="article:author" content="https://facebook.example/salma">
<script type="application/ld+json" class="yoast-schema-graph">{{"@context":"https://schema.org","@graph":[
{{"@type":"Article","@id":"https://news.example/2026/11/dawn/#article","isPartOf":{{"@id":"https://news.example/2026/11/dawn/"}},"author":{{"name":"سلمى العلوي","@id":"https://news.example/#/schema/person/1"}},"headline":"قوارب الفجر","datePublished":"2026-11-14T08:30:00+00:00","dateModified":"2026-11-15T09:00:00+00:00","mainEntityOfPage":{{"@id":"https://news.example/2026/11/dawn/"}},"articleSection":["بيئة"],"inLanguage":"ar"}},
{{"@type":"WebPage","@id":"https://news.example/2026/11/dawn/","url":"https://news.example/2026/11/dawn/","name":"قوارب الفجر - صحيفة الميناء"}}]}}</script></head>
<body class="post-template single single-post with-sidebar">
<div id="cookie-notice" role="dialog">نستعمل ملفات تعريف الارتباط في هذا الموقع، واستمرارك فيه موافقة على ذلك كله. <button>موافق</button></div>
<header class="site-header"><h1 class="site-title"><a href="/">صحيفة الميناء</a></h1><nav><ul><li><a href="/a">بيئة</a></li></ul></nav></header>
<div class="breadcrumbs"><a href="/">الرئيسية</a> » بيئة</div>
<main id="main"><article id="post-42" class="post-42 post type-post category-social tag-ads hentry">
<header class="entry-header"><h1 class="entry-title">قوارب الفجر</h1>
<div class="entry-meta"><span class="posted-on">نُشر في <time class="entry-date published updated" datetime="2026-11-14T08:30:00+00:00">14 نوفمبر</time></span>
<span class="byline">بقلم <span class="author vcard"><img class="avatar" src="https://news.example/salma.jpg" width="48" height="48" alt=""><a class="url fn n" rel="author" href="/author/salma/">سلمى العلوي</a></span></span></div></header>
<figure class="post-thumbnail"><img src="https://news.example/wp-content/uploads/sea-1024x576.jpg" width="1024" height="576" alt="قوارب"><figcaption>الميناء فجرًا</figcaption></figure>
<div class="entry-content">{body}<div class="sharedaddy sd-sharing-enabled"><h3>شارك هذا الموضوع:</h3><a href="https://x.example/share">تويتر</a></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>ذات صلة</h3><p>مقال آخر عن الجبل</p></div></div>
<footer class="entry-footer"><span class="cat-links">نُشرت في <a href="/c" rel="category tag">بيئة</a></span></footer></article>
<div id="comments" class="comments-area"><h2>تعليقان</h2><ol class="comment-list"><li class="comment"><article class="comment-body"><p>تعليق طويل من قارئ يقول فيه رأيه في الصيد وأهله وفي البحر كله ولا ينتهي.</p></article></li></ol></div></main>
<aside class="widget-area"><h2>الأكثر قراءة</h2><article><h3><a href="/x">خبر</a></h3><p>ملخّص خبر آخر في الشريط الجانبي.</p></article></aside>
<footer>جميع الحقوق محفوظة لصحيفة الميناء</footer></body></html>"##
        )
    }

    #[test]
    fn a_page_of_wordpress_is_its_article_and_nothing_around_it() {
        let article = read(&wordpress(&format!(
            "<p>{FIRST}</p><p>اقرأ أيضًا: <a href='/z'>الصيد في الجبل البعيد</a></p><h2>عودة</h2><p>{SECOND}</p><h3>اقرأ أيضا</h3><ul><li><a href='/q'>خبر</a></li></ul>"
        )));
        assert_eq!(words(&article), format!("{FIRST} عودة {SECOND}"));
        assert_eq!(article.title.as_deref(), Some("قوارب الفجر"));
        assert_eq!(
            (article.kicker.as_deref(), article.standfirst.as_deref()),
            (Some("بيئة"), Some("عن صيّادي الساحل."))
        );
        assert_eq!(
            article.authors,
            [Author {
                name: "سلمى العلوي".to_owned(),
                url: url("/author/salma/"),
                image: url("https://news.example/salma.jpg")
            }]
        );
        assert_eq!(article.published.as_deref(), Some("2026-11-14T08:30:00+00:00"));
        assert_eq!(article.modified.as_deref(), Some("2026-11-15T09:00:00+00:00"));
        assert_eq!((article.language.as_deref(), article.publisher.as_deref()), (Some("ar"), Some("صحيفة الميناء")));
        assert_eq!(article.url, url("https://news.example/2026/11/dawn/"));
        let hero = article.hero.unwrap();
        assert_eq!((hero.src.as_str(), hero.width), ("https://news.example/wp-content/uploads/sea.jpg", Some(1600)));
        assert_eq!((hero.alt.as_deref(), hero.caption.as_deref()), (Some("قوارب"), Some("الميناء فجرًا")));
    }

    #[test]
    fn headings_and_paragraphs_stay_whatever_their_identifiers_say() {
        let article = read(&wordpress(&format!(
            "<h2 id='social-impact'>أثر</h2><p id='ad-1'>{FIRST}</p><h2 id='Related_work'>أعمال</h2><p>{SECOND}</p><div id='ad-1'>إعلان</div>"
        )));
        assert_eq!(words(&article), format!("أثر {FIRST} أعمال {SECOND}"));
    }

    #[test]
    fn the_nearest_declaration_is_the_language_and_open_graph_the_last() {
        let page = |html: &str, article: &str| {
            read(&format!("<!doctype html><html {html}><head><meta property='og:locale' content='en_US'><title>ع</title></head><body><article {article}><h1>ع</h1><p>{FIRST}</p></article></body></html>")).language
        };
        assert_eq!(page("lang='ku-Arab'", "lang='ar-EG'").as_deref(), Some("ar-EG"));
        assert_eq!(page("lang='ar'", "").as_deref(), Some("ar"));
        assert_eq!(page("", ""), None, "a template's, over an Arabic title");
    }

    /// As a template of Blogger has it: microdata, and a text without paragraphs.
    #[test]
    fn microdata_and_a_text_parted_by_line_breaks_are_read() {
        let article = read(&format!(
            r##"<!DOCTYPE html><html dir="rtl"><head><title>دفتر: قوارب الفجر</title><meta property="og:locale" content="ar_MA"></head><body>
<div class="blog-posts hfeed"><div class="post hentry" itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting">
<meta content="https://img.example/s1600/sea.jpg" itemprop="image">
<h3 class="post-title entry-title" itemprop="name headline">قوارب الفجر</h3>
<div class="post-body entry-content" itemprop="description articleBody"><div dir="rtl"><div class="separator"><a href="https://img.example/s1600/sea.jpg"><img src="https://img.example/s640/sea.jpg" width="640" height="480"></a></div>{FIRST}<br><br>{SECOND}<div style="clear: both;"></div></div></div>
<div class="post-footer"><span class="post-author vcard">مرسلة بواسطة <span class="fn" itemprop="author" itemscope itemtype="https://schema.org/Person"><a href="https://profile.example/2" rel="author"><span itemprop="name">سلمى</span></a></span></span>
<a href="#"><abbr class="published" itemprop="datePublished" title="2026">14 نوفمبر 2026</abbr></a></div></div></div></body></html>"##
        ));
        assert_eq!(words(&article), format!("{FIRST} {SECOND}"));
        assert_eq!(article.title.as_deref(), Some("قوارب الفجر"));
        assert_eq!(article.authors[0].name, "سلمى");
        assert_eq!(
            (article.language.as_deref(), article.published.as_deref()),
            (Some("ar-MA"), Some("14 نوفمبر 2026"))
        );
        assert_eq!(article.hero.unwrap().src.as_str(), "https://img.example/s640/sea.jpg");
    }

    #[test]
    fn open_graph_describes_a_page_whose_text_a_script_draws() {
        let article = read(
            r#"<!doctype html><html><head><title>عنوان | الميناء</title><meta property="og:title" content="عنوان"><meta property="og:site_name" content="الميناء">
            <meta property="og:description" content="ملخّص."><meta property="og:url" content="https://news.example/1"><meta name="author" content="مريم"></head><body><div id="root"></div></body></html>"#,
        );
        assert_eq!((article.body, article.url), (Body::Elsewhere, url("https://news.example/1")));
        assert_eq!((article.title.as_deref(), article.standfirst.as_deref()), (Some("عنوان"), Some("ملخّص.")));
        assert_eq!(article.authors[0].name, "مريم");
    }

    #[test]
    fn a_page_set_in_tables_and_line_breaks_is_read() {
        let page = |open: &str, close: &str| {
            format!(
                "<html><head><title>قوارب الفجر</title></head><body><center><table><tr><td width=150><a href='/'>الرئيسية</a><br><a href='/a'>أخبار</a><br><br></td><td>{open}<b>قوارب الفجر</b><br><br>{}{close}</td></tr></table><br><br>جميع الحقوق محفوظة</center></body></html>",
                format!("{FIRST}<br><br><b>{SECOND}</b><br>").repeat(4)
            )
        };
        for (open, close) in
            [("", ""), ("<font face='Traditional Arabic'>", "</font>"), ("<div align=right>", "</div>")]
        {
            let article = read(&page(open, close));
            let text = words(&article);
            assert!(text.ends_with(format!("{FIRST} {SECOND} ").repeat(4).trim()), "{text}");
            assert!(!text.contains("الرئيسية") && !text.contains("الحقوق"), "{text}");
            assert_eq!(article.title.as_deref(), Some("قوارب الفجر"));
        }
    }

    #[test]
    fn the_first_picture_of_open_graph_has_its_own_properties() {
        let hero = |metas: &str| {
            let metas = metas
                .replace("<", "<meta property='og:image")
                .replace("=", "' content='")
                .replace("property' content='", "property=")
                .replace(">", "'>");
            read(&format!("<html><head><title>ع</title>{metas}</head><body><article><h1>ع</h1><p>{FIRST}</p></article></body></html>")).hero.unwrap()
        };
        let two = hero(
            "<=https://x.example/a.jpg><:alt=قارب><=https://x.example/b.jpg><:secure_url=https://x.example/c.jpg><:width=300><:height=200><:alt=جبل>",
        );
        assert_eq!(
            (two.src.as_str(), two.width, two.height, two.alt.as_deref()),
            ("https://x.example/a.jpg", None, None, Some("قارب"))
        );
        let one = hero(
            "<=http://x.example/a.jpg><:url=http://x.example/a.jpg><:secure_url=https://x.example/a.jpg><:width=1200><:height=0>",
        );
        assert_eq!((one.src.as_str(), one.width, one.height), ("https://x.example/a.jpg", Some(1200), None));
    }

    #[test]
    fn a_title_is_the_heading_with_which_it_begins() {
        let title = |meta: &str, title: &str, h1: &str| {
            read(&format!("<html><head><title>{title}</title>{meta}</head><body><main><h1>{h1}</h1><p>{FIRST}</p><p>{SECOND}</p></main></body></html>")).title.unwrap()
        };
        let og = "<meta property='og:title' content='بحر - موسوعة'>";
        assert_eq!(title(og, "بحر - موسوعة", "بحر"), "بحر");
        assert_eq!(title(og, "", "الموسوعة"), "بحر - موسوعة");
        assert_eq!(title("<meta property='og:title' content='بحر-أزرق'>", "", "بحر"), "بحر-أزرق");
    }

    #[test]
    fn a_front_page_is_none_of_its_teasers() {
        let teasers: String =
            (0..8).map(|n| format!("<article><h2><a href='/{n}'>خبر {n}</a></h2><p>{FIRST}</p></article>")).collect();
        let plain: String =
            (0..8).map(|n| format!("<div><h2><a href='/{n}'>خبر {n}</a></h2><p>{FIRST}</p></div>")).collect();
        for list in [teasers, plain] {
            let page = format!("<html><head><title>الميناء</title></head><body><main>{list}</main></body></html>");
            assert_eq!(
                read_at("https://news.example/", &page),
                Err(ReadError::NoArticleInHtml { title: Some("الميناء".to_owned()) })
            );
        }
    }

    #[test]
    fn a_page_without_an_article_is_told_by_its_title() {
        for page in [
            "<!doctype html><title>دخول</title><p>اسم</p>",
            "<html><head><title>دخول</title></head><body><form><input></form></body></html>",
        ] {
            let error = read_at("https://news.example/a", page).unwrap_err();
            assert_eq!(error, ReadError::NoArticleInHtml { title: Some("دخول".to_owned()) });
        }
    }

    #[test]
    fn a_page_at_the_address_of_data_is_told_as_such() {
        for (address, extension) in
            [("https://news.example/a.json?x=1", "json"), ("https://news.example/feed.XML", "xml")]
        {
            let error = read_at(address, "<!doctype html><title>404</title><article><p>نصّ.</p></article>").unwrap_err();
            assert_eq!(
                error,
                ReadError::HtmlInstead { promised: [".", extension].concat(), title: Some("404".to_owned()) }
            );
        }
        assert!(read_at("https://news.example/a.json", &wordpress(&format!("<p>{FIRST}</p>"))).is_ok());
        assert!(read_at("https://news.example/a.txt", "<p>نصّ في ملفّ.</p>").is_ok());
    }

    #[test]
    fn a_page_of_divisions_alone_is_read_by_its_paragraphs() {
        let page = format!(
            "<html lang='ar'><head><title>قوارب</title></head><body><div class='top'><p>أخبار اليوم</p></div><div class='col'><h1>قوارب الفجر</h1><div class='x1'>{}</div></div><div class='y'><p>اتصل بنا</p></div></body></html>",
            format!("<p>{FIRST}</p><p>{SECOND}</p>").repeat(3)
        );
        let article = read(&page);
        assert_eq!(article.title.as_deref(), Some("قوارب الفجر"));
        assert_eq!(words(&article), format!("{FIRST} {SECOND} ").repeat(3).trim());
    }

    #[test]
    fn the_text_of_json_ld_is_taken_with_its_markup_where_the_page_has_that() {
        let page = |in_page: &str| {
            format!(
                r#"<html><head><script type="application/ld+json">{{"@type":"NewsArticle","headline":"عنوان","articleBody":"{FIRST} {SECOND}"}}</script></head><body><article><h1>عنوان</h1>{in_page}</article></body></html>"#
            )
        };
        let article =
            read(&page(&format!("<p>{FIRST}</p><p>{}</p>", SECOND.replace("الميناء", "<a href='/p'>الميناء</a>"))));
        assert_eq!(words(&article), format!("{FIRST} {SECOND}"));
        assert!(matches!(read(&page("<p>سجّل لتقرأ.</p>")).body, Body::Text(_)));
    }

    #[test]
    fn references_stand_under_the_address_that_the_page_declares() {
        let page = format!(
            "<html><head><base href='/b/'><title>x</title></head><body><article><h1>ع</h1><p>{FIRST} <a href='c'>هنا</a></p></article></body></html>"
        );
        assert!(format!("{:?}", read(&page).body).contains("https://news.example/b/c"));
    }

    #[test]
    fn a_fragment_is_read_as_the_elements_children_are() {
        let article =
            read(&format!("<h2>عنوان</h2><p class='byline'>بقلم سلمى</p><p>{FIRST}</p><aside><p>حاشية.</p></aside>"));
        assert_eq!((article.title.as_deref(), article.authors[0].name.as_str()), (Some("عنوان"), "بقلم سلمى"));
        assert_eq!(words(&article), format!("{FIRST} حاشية."));
        let error = read_at("https://news.example/a", "<script>x()</script>").unwrap_err();
        assert_eq!(error, ReadError::NoArticleInHtml { title: None });
    }

    #[test]
    fn a_thousand_levels_are_read_without_a_crash() {
        // As many more where each level is named as clutter, and is most of the page.
        let page = format!("<html><body><article><h1>ع</h1>{}<p>{FIRST}</p>", "<div class='related'>".repeat(1000));
        assert!(read_at("https://news.example/a", &page).is_ok());
        let page = format!("<html><body><article><h1>ع</h1>{}<p>{FIRST}</p>", "<div>".repeat(1000));
        assert!(read_at("https://news.example/a", &page).is_ok());
    }

    #[test]
    fn the_frame_of_a_page_is_not_left_out_whatever_it_is_called() {
        let page = format!(
            "<html><head><title>x</title></head><body><form><div class='social-layout sidebar-right'><article><h1>ع</h1><p>{FIRST}</p><blockquote><p>قول.</p><footer>قائله</footer></blockquote></article></div></form></body></html>"
        );
        assert_eq!(words(&read(&page)), format!("{FIRST} قول. قائله"));
    }
}
