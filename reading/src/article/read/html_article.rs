//! An article's own markup, in a page or inside the element.

use super::outline::{Origin, Outline};
use super::{Reading, body, feed, json_ld, usual};
use crate::article::model::{Article, Author, Body, Image, UrlRef};
use crate::markup::{Element, Node};
use crate::safe_html::{Profile, SafeHtml};
use crate::text::bidi::visible_line;
use maqal_contract::unicode::is_visible;

/// Reads the markup of one article: its JSON-LD, if a script within it has some, and what that does not say from the
/// markup beside it.
#[must_use]
pub fn read(within: &Element, item: Option<&str>, page: &str) -> Reading {
    let (outline, root) = outline(within);
    let Some(Reading { article: mut described, warnings }) = json_ld::describe(&scripts(within), item, page) else {
        return Reading { article: article(&outline, root, root, &Known::default()), warnings: Vec::new() };
    };
    let markup = article(&outline, root, root, &Known::of(&described));
    fill(&mut described, markup);
    Reading { article: described, warnings }
}

/// As [`read`], with little code: `None` where the JSON-LD is not of the usual shape (see [`usual`]), or there is no text in
/// markup.
#[must_use]
pub fn read_usual(within: &Element) -> Option<Article> {
    let described = match scripts(within).as_slice() {
        [] => None,
        [script] => Some(usual::describe(script)?),
        _ => return None,
    };
    let (outline, root) = outline(within);
    let markup = |known: &Known| article_of(&outline, root, root, known, &body::in_markup);
    let Some(mut described) = described else { return markup(&Known::default()) };
    let markup = markup(&Known::of(&described))?;
    described.body = complete(&mut described, markup);
    Some(described)
}

/// The elements within an element, and which of them is the article.
fn outline(within: &Element) -> (Outline<'_>, usize) {
    let outline = Outline::of(within, Origin::Own);
    let root = outline.find(0..outline.entries.len(), &|e| e.is("article")).unwrap_or(0);
    (outline, root)
}

fn is_json_ld(e: &Element) -> bool {
    let kind = e.attribute("type").unwrap_or_default();
    e.is("script") && kind.trim().split(';').next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

/// The JSON-LD within `root`.
pub(super) fn scripts(root: &Element) -> Vec<String> {
    root.find_all(&is_json_ld).into_iter().map(Element::text).collect()
}

/// Takes from `other` what `article` does not say; and its text, where that is the same with its markup.
pub(super) fn fill(article: &mut Article, other: Article) {
    let body = complete(article, other);
    if article.body.is_empty() || (!body.is_empty() && begins_alike(&article.body, &body)) {
        article.body = body;
    }
}

/// Takes from `other` what `article` does not say; gives its text.
fn complete(article: &mut Article, other: Article) -> Body {
    article.title = article.title.take().or(other.title);
    article.kicker = article.kicker.take().or(other.kicker);
    article.standfirst = article.standfirst.take().or(other.standfirst);
    article.published = article.published.take().or(other.published);
    article.modified = article.modified.take().or(other.modified);
    article.language = article.language.take().or(other.language);
    article.url = article.url.take().or(other.url);
    article.publisher = article.publisher.take().or(other.publisher);
    if article.authors.is_empty() {
        article.authors = other.authors;
    } else {
        for author in &mut article.authors {
            if let Some(same) = other.authors.iter().find(|same| same.name == author.name) {
                author.url = author.url.take().or_else(|| same.url.clone());
                author.image = author.image.take().or_else(|| same.image.clone());
            }
        }
    }
    match (&mut article.hero, other.hero) {
        (Some(hero), Some(same)) => {
            hero.alt = hero.alt.take().or(same.alt);
            hero.caption = hero.caption.take().or(same.caption);
        }
        (hero, other) => *hero = hero.take().or(other),
    }
    other.body
}

/// Whether a text without markup begins as one with markup does.
fn begins_alike(plain: &Body, rich: &Body) -> bool {
    use crate::text::reflow::Block;
    let (Body::Text(blocks), Body::Html(html)) = (plain, rich) else { return false };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let plain: String = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) | Block::Heading(text) => letters(text),
            Block::Verse(lines) | Block::List(lines) => lines.iter().map(|line| letters(line)).collect(),
        })
        .collect();
    let rich = letters(&html.text());
    let start: String = plain.chars().take(80).collect();
    // The markup must not lack what the plain text has.
    rich.contains(&start) && rich.len() * 10 >= plain.len() * 9
}

/// What is known of an article before its markup is read.
#[derive(Default)]
pub(super) struct Known<'a> {
    /// Its title: a heading that says something else is one of its parts.
    pub(super) title: Option<&'a str>,
    /// Its standfirst: another one is one of its paragraphs.
    pub(super) standfirst: Option<&'a str>,
    /// Whether its picture is.
    pub(super) hero: bool,
}

impl<'a> Known<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            title: article.title.as_deref(),
            standfirst: article.standfirst.as_deref(),
            hero: article.hero.is_some(),
        }
    }
}

/// How much text beside a date or a name is only its label, in letters and digits: "published on the".
const LABEL: usize = 40;

/// Reads an article whose heading, picture, names and dates stand within the entry `scope`, and whose text within `text`,
/// which is `scope` or within it.
pub(super) fn article(outline: &Outline, scope: usize, text: usize, known: &Known) -> Article {
    let body = |region: &Element, left_out: &[&Element]| Some(body::of(region, left_out));
    article_of(outline, scope, text, known, &body).unwrap_or_else(|| Article::of(Body::Text(Vec::new())))
}

/// As [`article`], with the text as `body` reads it from an element less others; `None` where that gives none.
fn article_of(
    outline: &Outline,
    scope: usize,
    text: usize,
    known: &Known,
    body: &dyn Fn(&Element, &[&Element]) -> Option<Body>,
) -> Option<Article> {
    let parts = Parts { outline, scope };
    let region = outline.entries[text].element;
    let mut left_out = outline.clutter.clone();

    let kicker =
        parts.find(&|e| e.lists("class", "kicker") || e.lists("rel", "category") || property(e, "articleSection"));
    let standfirst = parts
        .find(&|e| e.lists("class", "lead") || e.lists("class", "standfirst") || property(e, "alternativeHeadline"))
        .filter(|at| known.standfirst.is_none_or(|known| says(parts.element(*at), known)));
    let byline = parts.byline();
    let mut before: Vec<usize> = [kicker, standfirst, byline].into_iter().flatten().collect();
    let (published, modified) = parts.dates(&before);
    before.extend([published, modified].into_iter().flatten().map(|at| parts.with_label(at)));
    let title = parts.title(&before, known);
    before.extend(title);
    left_out.extend(before.iter().map(|at| outline.entries[*at].element));
    let hero = parts.hero(&before, text, known);
    if let Some((at, _)) = &hero {
        left_out.push(outline.entries[*at].element);
    }
    // Names and dates once more, in a line of their own.
    left_out.extend(outline.within(text).map(|at| outline.entries[at].element).filter(|e| is_line_of_facts(e)));

    let mut article = Article::of(body(region, &left_out)?);
    let line_of = |at: Option<usize>| at.and_then(|at| visible_line(&value(outline.entries[at].element)));
    article.title = line_of(title);
    article.kicker = line_of(kicker);
    article.standfirst = line_of(standfirst);
    article.authors = byline.map(|at| parts.authors(at)).unwrap_or_default();
    let date = |at: Option<usize>| at.and_then(|at| date(outline.entries[at].element));
    article.published = date(published);
    article.modified = date(modified);
    article.hero = hero.map(|(_, image)| image);
    article.language = outline.around(text).find_map(|at| visible_line(outline.entries[at].element.attribute("lang")?));
    Some(article)
}

/// Whether a microdata property (`itemprop`) of this name is given.
fn property(element: &Element, name: &str) -> bool {
    element.lists("itemprop", name)
}

/// Whether an element says no more than `text`.
fn says(element: &Element, text: &str) -> bool {
    visible_line(&value(element)).as_deref() == Some(text)
}

/// The value of an element: that of `meta`, else its text.
fn value(element: &Element) -> String {
    match element.attribute("content") {
        Some(content) if element.is("meta") => content.to_owned(),
        _ => element.text(),
    }
}

/// The date that an element gives: `datetime`, or the content of a `meta`, or its text.
fn date(element: &Element) -> Option<String> {
    element.attribute("datetime").and_then(visible_line).or_else(|| visible_line(&value(element)))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// A short line of the names and dates of an article, as themes have it beside the heading or under the text.
fn is_line_of_facts(element: &Element) -> bool {
    let is_named = ["entry-meta", "post-meta", "article-meta", "post-info", "byline", "dateline", "timestamp"]
        .iter()
        .any(|name| element.lists("class", name));
    is_named && letters(&element.text()) <= 160
}

/// Where the parts of an article stand.
struct Parts<'o, 'a> {
    outline: &'o Outline<'a>,
    scope: usize,
}

impl<'a> Parts<'_, 'a> {
    fn find(&self, is_wanted: &dyn Fn(&Element) -> bool) -> Option<usize> {
        self.outline.find(self.outline.within(self.scope), is_wanted)
    }

    fn element(&self, at: usize) -> &'a Element {
        self.outline.entries[at].element
    }

    /// The paragraphs with a text before an entry, less those in `facts`.
    fn paragraphs_before(&self, at: usize, facts: &[usize]) -> usize {
        let is_paragraph = |n: &usize| {
            let element = self.element(*n);
            let is_fact = || self.outline.around(*n).any(|n| facts.contains(&n));
            element.is("p") && self.outline.entries[*n].end <= at && is_visible(&element.text()) && !is_fact()
        };
        (self.scope..at).filter(is_paragraph).count()
    }

    /// The heading: the first of level one, or one that stands before the text, with nothing but `facts` before it.
    fn title(&self, facts: &[usize], known: &Known) -> Option<usize> {
        let is_known = |e: &Element| known.title.is_some_and(|title| says(e, title));
        let is_first = |at: usize, most: usize| self.paragraphs_before(at, facts) <= most;
        let is_headline = |e: &Element| e.is("h1") || (property(e, "headline") && !e.is("meta"));
        let is_heading = |e: &Element| e.is("h2") || e.is("h3");
        let headline = self
            .find(&|e| is_headline(e) && is_known(e))
            .or_else(|| self.find(&is_headline).filter(|at| is_first(*at, 1)));
        headline.or_else(|| match known.title {
            Some(_) => self.find(&|e| is_heading(e) && is_known(e)),
            None => self.find(&is_heading).filter(|at| is_first(*at, 0)),
        })
    }

    fn byline(&self) -> Option<usize> {
        let is_author = |e: &Element| e.lists("rel", "author") || property(e, "author");
        let ranked: [&dyn Fn(&Element) -> bool; 4] =
            [&|e| e.lists("class", "byline"), &is_author, &|e| e.is("address"), &|e| {
                ["author", "post-author", "vcard"].iter().any(|name| e.lists("class", name))
            }];
        // One that a paragraph mentions among other words is a part of the text.
        let found = ranked.iter().find_map(|is_wanted| {
            self.outline.within(self.scope).find(|at| is_wanted(self.element(*at)) && self.is_labelled(*at))
        })?;
        Some(if is_author(self.element(found)) { self.with_label(found) } else { found })
    }

    /// The names in a byline: its links to authors, else the whole.
    fn authors(&self, at: usize) -> Vec<Author> {
        let byline = self.element(at);
        let range = self.outline.within(at);
        let ranked: [&dyn Fn(&Element) -> bool; 3] =
            [&|e| e.lists("rel", "author"), &|e| property(e, "author"), &|e| {
                ["author", "post-author", "fn"].iter().any(|name| e.lists("class", name))
            }];
        let mut authors: Vec<Author> = Vec::new();
        for is_author in ranked {
            // Of those within one another the outermost.
            let mut next = range.start;
            for at in range.clone() {
                if at < next || !is_author(self.element(at)) {
                    continue;
                }
                next = self.outline.entries[at].end;
                let element = self.element(at);
                let named = element.find(&|e| property(e, "name") || e.lists("class", "fn"));
                let named = named.or_else(|| element.find(&|e| e.is("a") && is_visible(&e.text()))).unwrap_or(element);
                let Some(name) = visible_line(&value(named)) else { continue };
                if authors.iter().all(|known| known.name != name) {
                    authors.push(Author { name, url: href(element), image: self.portrait(at) });
                }
            }
            if !authors.is_empty() {
                break;
            }
        }
        if authors.is_empty() {
            let text = text_without(byline, &|e| e.is("time"));
            let name = visible_line(text.trim_matches(|c: char| c.is_whitespace() || "،,·|•–—-".contains(c)));
            authors.extend(name.map(|name| Author { name, url: href(byline), image: None }));
        }
        if let [author] = authors.as_mut_slice() {
            author.image = author.image.take().or_else(|| self.portrait(at));
        }
        authors
    }

    fn portrait(&self, at: usize) -> Option<UrlRef> {
        let img = self.outline.find(self.outline.within(at), &|e| e.is("img"))?;
        Some(picture(self.element(img))?.src)
    }

    /// The entries that give the dates of publication and of the last change.
    fn dates(&self, facts: &[usize]) -> (Option<usize>, Option<usize>) {
        let class = |e: &Element, names: &[&str]| names.iter().any(|name| e.lists("class", name));
        let is_modified = |e: &Element| {
            property(e, "dateModified")
                || (e.is("time") && class(e, &["updated", "modified"]) && !class(e, &["published", "entry-date"]))
        };
        let is_published = |e: &Element| {
            property(e, "datePublished")
                || (e.is("time") && (e.attribute("pubdate").is_some() || class(e, &["published", "entry-date"])))
        };
        let is_dated = |e: &Element| e.is("time") && e.attribute("datetime").is_some();
        let published = self.find(&is_published).or_else(|| {
            let mut range = self.outline.within(self.scope);
            range.find(|at| {
                let element = self.element(*at);
                is_dated(element)
                    && !is_modified(element)
                    && self.paragraphs_before(*at, facts) < 2
                    && self.is_labelled(*at)
            })
        });
        (published, self.find(&is_modified))
    }

    /// Whether an entry stands alone in its paragraph, but for a label.
    fn is_labelled(&self, at: usize) -> bool {
        let paragraphs = ["p", "li", "td", "dd", "figcaption", "blockquote"];
        let paragraph = self.outline.around(at).map(|at| self.element(at)).find(|e| {
            // A line of facts may hold several.
            paragraphs.iter().any(|name| e.is(name)) && !is_line_of_facts(e)
        });
        paragraph.is_none_or(|paragraph| letters(&paragraph.text()) <= letters(&self.element(at).text()) + LABEL)
    }

    /// The line that an entry stands in with its label, or the entry.
    fn with_label(&self, at: usize) -> usize {
        let lines = ["p", "span", "small", "em", "i", "b", "strong", "li", "address"];
        let most = letters(&self.element(at).text()) + LABEL;
        let line = self.outline.around(at).skip(1).take_while(|at| {
            let element = self.element(*at);
            *at > self.scope && lines.iter().any(|name| element.is(name)) && letters(&element.text()) <= most
        });
        line.last().unwrap_or(at)
    }

    /// The picture before the text, and the entry that goes with it.
    fn hero(&self, facts: &[usize], text: usize, known: &Known) -> Option<(usize, Image)> {
        let range = self.outline.within(self.scope);
        // One that is known, and is in the text again, is found there by its address.
        let range = if known.hero { range.start..text } else { range };
        let is_fact = |at: usize| self.outline.around(at).any(|at| facts.contains(&at));
        for at in range {
            let element = self.element(at);
            if !element.is("img") || is_fact(at) {
                continue;
            }
            if self.paragraphs_before(at, facts) >= 2 {
                return None;
            }
            let figure =
                self.outline.around(at).take_while(|at| *at > self.scope).find(|at| self.element(*at).is("figure"));
            if figure.is_none() && !self.stands_alone(at) {
                continue;
            }
            if let Some(image) = picture(figure.map_or(element, |at| self.element(at))) {
                if image.width.is_some_and(|width| width < feed::MIN_WIDTH) {
                    continue;
                }
                return Some((figure.unwrap_or_else(|| self.wrapper(at)), image));
            }
            // A gallery is no picture at the head, and what follows it is not either; but a sign may stand before it.
            if figure.is_some() {
                return None;
            }
        }
        None
    }

    /// Whether no text stands in one line with a picture.
    fn stands_alone(&self, at: usize) -> bool {
        let inline = ["img", "picture", "a", "span", "b", "strong", "i", "em", "u", "font", "noscript"];
        let Some(block) = self.outline.around(at).map(|at| self.element(at)).find(|e| !inline.iter().any(|n| e.is(n)))
        else {
            return true;
        };
        !block.children.iter().any(|node| match node {
            Node::Text(text) => is_visible(text),
            Node::Element(inner) => inline.iter().any(|name| inner.is(name)) && is_visible(&inner.text()),
        })
    }

    /// The outermost element around a picture that holds nothing else.
    fn wrapper(&self, at: usize) -> usize {
        let wraps = |at: &usize| {
            let element = self.element(*at);
            *at > self.scope
                && ["picture", "a", "p", "span", "div"].iter().any(|name| element.is(name))
                && !is_visible(&element.text())
                && element.find_all(&|e| e.is("img")).len() == 1
        };
        self.outline.around(at).skip(1).take_while(wraps).last().unwrap_or(at)
    }
}

/// The picture that `element` is, or that stands alone in it, as a text would show it.
fn picture(element: &Element) -> Option<Image> {
    let picture = SafeHtml::of_element(element, Profile::Article).take_leading_picture()?;
    Some(Image {
        src: UrlRef::new(&picture.src)?,
        alt: picture.alt,
        caption: picture.caption.as_deref().and_then(visible_line),
        width: picture.size.map(|(width, _)| width),
        height: picture.size.map(|(_, height)| height),
    })
}

fn href(element: &Element) -> Option<UrlRef> {
    let is_link = |e: &Element| e.attribute("href").is_some();
    let link = if is_link(element) { element } else { element.find(&is_link)? };
    UrlRef::new(link.attribute("href")?)
}

fn text_without(element: &Element, is_left_out: &dyn Fn(&Element) -> bool) -> String {
    let of = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(inner) if is_left_out(inner) => String::new(),
        Node::Element(inner) => text_without(inner, is_left_out),
    };
    element.children.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{read, read_usual};
    use crate::article::model::{Article, Author, Body, UrlRef};
    use crate::markup;

    fn of(html: &str) -> Article {
        let mut reading = read(&markup::html_with_frames(html).unwrap(), None, "https://host.example/");
        crate::article::read::body::finish(&mut reading.article);
        reading.article
    }

    fn words(article: &Article) -> String {
        match &article.body {
            Body::Html(html) => html.text().split_whitespace().collect::<Vec<_>>().join(" "),
            other => format!("{other:?}"),
        }
    }

    fn names(html: &str) -> Vec<String> {
        of(html).authors.into_iter().map(|author| author.name).collect()
    }

    #[test]
    fn the_parts_before_the_text_are_told_from_it() {
        let article = of(
            r#"<article lang="ar"><p class="kicker">بيئة</p><h1>عنوان</h1><p class="lead">ملخّص.</p><p class="byline">بقلم سلمى</p>
            <time datetime="2026-11-14">أمس</time><figure><img src="a.jpg" alt="ميناء"><figcaption>الميناء</figcaption></figure>
            <p>أولى.</p><blockquote>اقتباس</blockquote><script>x()</script><p>أخيرة.</p></article>"#,
        );
        assert_eq!(words(&article), "أولى. اقتباس أخيرة.");
        assert_eq!((article.title.as_deref(), article.kicker.as_deref()), (Some("عنوان"), Some("بيئة")));
        assert_eq!((article.standfirst.as_deref(), article.published.as_deref()), (Some("ملخّص."), Some("2026-11-14")));
        assert_eq!(article.authors, [Author { name: "بقلم سلمى".to_owned(), url: None, image: None }]);
        assert_eq!(article.language.as_deref(), Some("ar"));
        let hero = article.hero.unwrap();
        assert_eq!((hero.alt.as_deref(), hero.caption.as_deref()), (Some("ميناء"), Some("الميناء")));
    }

    #[test]
    fn the_usual_article_is_read_as_any_is_or_not_at_all() {
        for html in [
            "<article lang='ar'><p class='kicker'>بيئة</p><h1>عنوان</h1><address>سلمى</address><p>أولى.</p><ul><li>بند</li></ul></article>",
            "<p>قبل</p><article><h2>عنوان</h2><figure><img src='a.jpg'></figure><p>نصّ.</p></article><p>بعد</p>",
            r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"من الوصف","description":"أولى","datePublished":"2026-11-14","image":"/a.jpg","author":{"name":"سلمى"}}</script>
            <article><h1>من الصفحة</h1><p class="byline"><a rel="author" href="/s">سلمى</a></p><p>أولى.</p><img src="/a-640x480.jpg" alt="ميناء"></article>"#,
            "<h1>عنوان</h1><script>x()</script><table><tr><td>خانة</td></tr></table><iframe src='https://a.example/'></iframe>",
        ] {
            let tree = markup::page(html).unwrap();
            assert_eq!(read_usual(&tree), Some(read(&tree, None, "https://host.example/").article), "{html}");
        }
        for html in [
            "نصّ بلا وسوم",
            "<h1>عنوان</h1>نصّ بلا وسوم",
            "<p>نصّ.</p><script type='Application/LD+JSON; charset=utf-8'>{}</script>",
            "<p>نصّ.</p><script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"ع\",\"articleBody\":\"ن\"}</script>",
        ] {
            assert_eq!(read_usual(&markup::page(html).unwrap()), None, "{html}");
        }
    }

    #[test]
    fn an_author_is_the_link_to_one_or_the_whole_line() {
        for (html, expected) in [
            ("<p class='byline'>بقلم <a rel='author' href='/s'>سلمى</a></p><p>نصّ.</p>", vec!["سلمى"]),
            (
                "<p class='byline'><a rel='author' href='/s'>سلمى</a> و<a rel='author' href='/y'>ياسين</a></p><p>نصّ.</p>",
                vec!["سلمى", "ياسين"],
            ),
            ("<p>كتبته <a rel='author' href='/s'>سلمى</a></p><p>نصّ.</p>", vec!["سلمى"]),
            ("<address>سلمى العلوي</address><p>نصّ.</p>", vec!["سلمى العلوي"]),
            ("<div class='author'>الميناء - <a href='/s'>سلمى</a></div><p>نصّ.</p>", vec!["سلمى"]),
            ("<div class='post-author'>بقلم <a href='/s'>سلمى</a></div><p>نصّ.</p>", vec!["سلمى"]),
            ("<p class='byline'>سلمى العلوي، <time datetime='2026'>٢٠٢٦</time></p><p>نصّ.</p>", vec!["سلمى العلوي"]),
            ("<p>نصّ.</p>", vec![]),
        ] {
            assert_eq!(names(html), expected, "{html}");
            assert_eq!(words(&of(html)), "نصّ.", "{html}");
        }
        let with_portrait = of(
            "<p class='byline'><img src='s.jpg' width='48' height='48'><a rel='author' href='/s'>سلمى</a></p><p>نصّ.</p>",
        );
        assert_eq!(
            with_portrait.authors,
            [Author { name: "سلمى".to_owned(), url: UrlRef::new("/s"), image: UrlRef::new("s.jpg") }]
        );
        assert_eq!(with_portrait.hero, None);
    }

    #[test]
    fn an_author_or_a_date_that_a_sentence_mentions_stays_in_it() {
        let sentence = "قرأت أمس مقالًا طويلًا عن الصيد في بحار الشمال كتبته <a rel='author' href='/s'>سلمى</a> يوم <time datetime='2026-01-01'>رأس السنة</time> ونشرته.";
        let article = of(&format!("<h1>ع</h1><p>{sentence}</p>"));
        assert!(words(&article).contains("كتبته سلمى يوم رأس السنة ونشرته."));
        assert_eq!((article.authors, article.published), (vec![], None));
    }

    #[test]
    fn a_date_goes_with_its_label() {
        let article = of(
            "<h1>ع</h1><p>نُشر في <time datetime='2026-11-14'>أمس</time></p><p>عُدّل في <time itemprop='dateModified' datetime='2026-11-15'>اليوم</time></p><p>نصّ.</p>",
        );
        assert_eq!(
            (article.published.as_deref(), article.modified.as_deref()),
            (Some("2026-11-14"), Some("2026-11-15"))
        );
        assert_eq!(words(&article), "نصّ.");
    }

    #[test]
    fn a_picture_after_two_paragraphs_belongs_to_the_text() {
        let article = of(
            "<h1>ع</h1><p>أولى.</p><p>ثانية.</p><figure><img src='a.jpg'><figcaption>قارب</figcaption></figure><p>ثالثة.</p>",
        );
        assert_eq!((article.hero.as_ref(), words(&article).as_str()), (None, "أولى. ثانية. قارب ثالثة."));
        let article = of(
            "<h1>ع</h1><p>أولى.</p><p><picture><source srcset='a.avif'><img src='x.gif' data-src='a.jpg'></picture></p><p>ثانية.</p>",
        );
        assert_eq!(article.hero.unwrap().src.as_str(), "a.jpg");
    }

    #[test]
    fn a_picture_in_a_sentence_or_a_small_one_stays_in_the_text() {
        for picture in [
            "<p>نصّ <img src='i.png' width='20'> بعده.</p>",
            "<p>نصّ <a href='/'><img src='i.png'></a> بعده.</p>",
            "<div>نصّ <span><img src='i.png'></span> <b>بعده.</b></div>",
            "<p>نصّ بعده.</p><p><img src='i.png' width='120' height='80'></p>",
        ] {
            let article = of(&format!("<h1>ع</h1>{picture}<figure><img src='a.jpg'></figure><p>ثانية.</p>"));
            assert_eq!(article.hero.as_ref().map(|hero| hero.src.as_str()), Some("a.jpg"), "{picture}");
            assert!(format!("{:?}", article.body).contains("i.png"), "{picture}");
            assert_eq!(words(&article), "نصّ بعده. ثانية.", "{picture}");
        }
    }

    #[test]
    fn a_gallery_stays_whole() {
        let article = of(
            "<h1>ع</h1><figure><img src='a.jpg'><img src='b.jpg'><figcaption>صورتان</figcaption></figure><p>نصّ.</p>",
        );
        assert_eq!((article.hero.as_ref(), words(&article).as_str()), (None, "صورتان نصّ."));
    }

    #[test]
    fn a_heading_within_the_text_is_no_title() {
        let article = of("<p>أولى.</p><p>ثانية.</p><h2>عنوان فرعي</h2><p>ثالثة.</p>");
        assert_eq!((article.title.as_ref(), words(&article).as_str()), (None, "أولى. ثانية. عنوان فرعي ثالثة."));
        let article = of("<p>أولى.</p><h2>قسم</h2><p>ثانية.</p>");
        assert_eq!((article.title.as_ref(), words(&article).as_str()), (None, "أولى. قسم ثانية."));
        let article = of("<p class='kicker'>بيئة</p><p class='byline'>سلمى</p><h2>عنوان</h2><p>أولى.</p>");
        assert_eq!((article.title.as_deref(), words(&article).as_str()), (Some("عنوان"), "أولى."));
        let article = of("<h3>عنوان</h3><p>أولى.</p>");
        assert_eq!((article.title.as_deref(), words(&article).as_str()), (Some("عنوان"), "أولى."));
    }

    #[test]
    fn a_heading_of_level_one_within_the_text_stays_there() {
        let article = of("<h1>ع</h1><p>أولى.</p><p>ثانية.</p><h1>عنوان فرعي</h1><p>ثالثة.</p>");
        assert_eq!(words(&article), "أولى. ثانية. عنوان فرعي ثالثة.");
        let article = of("<p>أولى.</p><p>ثانية.</p><h1>عنوان فرعي</h1><p>ثالثة.</p>");
        assert_eq!((article.title.as_ref(), words(&article).as_str()), (None, "أولى. ثانية. عنوان فرعي ثالثة."));
    }

    #[test]
    fn a_standfirst_beside_another_one_stays_in_the_text() {
        let script = r#"<script type="application/ld+json">{"@type":"Article","headline":"ع","description":"من الوصف."}</script>"#;
        let article = of(&format!("{script}<h1>ع</h1><p class='lead'>من الصفحة.</p><p>نصّ.</p>"));
        assert_eq!((article.standfirst.as_deref(), words(&article).as_str()), (Some("من الوصف."), "من الصفحة. نصّ."));
        let article = of(&format!("{script}<h1>ع</h1><p class='lead'>من الوصف.</p><p>نصّ.</p>"));
        assert_eq!((article.standfirst.as_deref(), words(&article).as_str()), (Some("من الوصف."), "نصّ."));
    }

    #[test]
    fn json_ld_says_what_it_says_and_the_markup_the_rest() {
        let article = of(
            r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"من الوصف","datePublished":"2026-11-14"}</script>
            <article lang="ar"><h1>من الصفحة</h1><p class="byline">سلمى</p><p>نصّ الصفحة.</p></article>"#,
        );
        assert_eq!((article.title.as_deref(), article.published.as_deref()), (Some("من الوصف"), Some("2026-11-14")));
        assert_eq!((article.authors[0].name.as_str(), words(&article).as_str()), ("سلمى", "نصّ الصفحة."));
        assert_eq!(article.language.as_deref(), Some("ar"));
    }

    #[test]
    fn what_is_hidden_stays_hidden_but_not_what_a_search_may_find() {
        let article = of(
            "<h1>ع</h1><p>أولى.</p><p hidden>سرّ.</p><nav>تنقّل</nav><div hidden='until-found'><p>ثانية.</p></div><p aria-hidden='true'>★</p>",
        );
        assert_eq!(words(&article), "أولى. ثانية.");
    }
}
