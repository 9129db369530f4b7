//! The card's upper part: picture, heading, byline, text.

use std::mem;

use maqal_reading::article::model::{Article, Author, Body, Image};
use maqal_reading::article::reading_time::{self, Pace};
use maqal_reading::open;
use maqal_reading::text::direction::{self, Direction};
use maqal_reading::text::number::decimal;
use maqal_reading::text::reflow::Block;
use maqal_reading::url::{HttpUrl, link};
use maqal_reading::view::icons::{LINK, LISTEN, SHARE};
use maqal_reading::view::{Moment, Script};

use crate::parts::{attr_word, closed, counted, face, icon, markup, open_heading, saying, word};

/// An article, and where it stands.
pub struct View<'a> {
    /// The article.
    pub article: Article,
    /// References are resolved against this address.
    pub base: &'a str,
    /// The level of its heading.
    pub level: u8,
    /// The card's language (BCP 47).
    pub tag: &'a str,
    /// Whether the device has a sheet of its own for what is shared (Web Share).
    pub can_share: bool,
}

impl View<'_> {
    /// Writes the article.
    pub fn write(mut self, out: &mut Script) {
        let direction = self.article.direction();
        let body = mem::replace(&mut self.article.body, Body::Elsewhere);
        let article = &self.article;
        let words = reading_time::words(&body);
        let pace = Pace { declared: article.language.clone(), runs: direction };
        open!(out, "article", "class" = "article", "part" = "article");
        out.attr_if("aria-labelledby", article.title.is_some().then_some("article-title"));
        out.attr("dir", direction.map_or("auto", Direction::as_attr));
        if let Some(image) = &article.hero {
            self.hero(image, out);
        }
        open!(out, "header");
        if let Some(text) = &article.kicker {
            open!(out, "p", "class" = "kicker", "part" = "kicker");
            saying(text, out);
        }
        if let Some(text) = &article.title {
            open_heading(self.level, out);
            out.attr("id", "article-title");
            out.attr("class", "title");
            out.attr("part", "title");
            saying(text, out);
        }
        if let Some(text) = &article.standfirst {
            open!(out, "p", "class" = "lead", "part" = "lead");
            saying(text, out);
        }
        self.byline(pace.minutes(words, self.tag), out);
        out.close();
        self.body(body, words, &pace, out);
        out.close();
    }

    fn hero(&self, image: &Image, out: &mut Script) {
        let Some(src) = image.src.resolve(self.base) else { return };
        open!(out, "figure", "part" = "hero");
        open!(out, "img", "decoding" = "async", "fetchpriority" = "high", "referrerpolicy" = "no-referrer");
        let size = image.width.zip(image.height);
        // Without a size of its own it gets a box of a usual one, so that nothing moves when it comes.
        out.attr("class", if size.is_some() { "hero" } else { "hero unsized" });
        out.attr("alt", image.alt.as_deref().unwrap_or_default());
        if let Some((width, height)) = size {
            out.attr("width", &decimal(width.into()));
            out.attr("height", &decimal(height.into()));
        }
        // Last: what goes before applies to the request.
        out.attr("src", src.as_str());
        out.close();
        if let Some(text) = &image.caption {
            open!(out, "figcaption", "part" = "caption");
            saying(text, out);
        }
        out.close();
    }

    fn byline(&self, minutes: Option<u64>, out: &mut Script) {
        let article = &self.article;
        open!(out, "div", "class" = "by", "part" = "byline");
        if let Some(author) = article.authors.first() {
            let src = author.image.as_ref().and_then(|image| image.resolve(self.base));
            face(&author.name, src.as_ref().map(HttpUrl::as_str), out);
        }
        open!(out, "div", "class" = "said-by");
        if !article.authors.is_empty() {
            open!(out, "div", "class" = "names");
            open!(out, "span", "class" = "sr");
            word("byline", out);
            for author in &article.authors {
                self.author(author, out);
            }
            out.close();
        }
        open!(out, "div", "class" = "dates", "part" = "dates");
        out.attr("dir", own_dir(self.tag));
        for (how, at) in [(Moment::Day, &article.published), (Moment::Updated, &article.modified)] {
            if let Some(at) = at {
                out.moment(how, at);
            }
        }
        open!(out, "span");
        match minutes {
            Some(minutes) => counted("reading_time", minutes, out),
            None => out.close(),
        }
        out.close();
        out.close();
        self.tools(out);
        out.close();
    }

    fn author(&self, author: &Author, out: &mut Script) {
        match author.url.as_ref().and_then(|url| link(url.as_str(), self.base)) {
            Some(url) => {
                open!(out, "a", "class" = "author", "part" = "author", "rel" = "author noopener");
                out.attr("href", &url);
            }
            None => open!(out, "b", "class" = "author", "part" = "author"),
        }
        open!(out, "bdi");
        closed(&author.name, out);
        out.close();
    }

    /// What a reader can do with the article.
    fn tools(&self, out: &mut Script) {
        open!(out, "div", "class" = "acts");
        // Its builder takes it away where the device has no voice.
        open!(out, "div", "class" = "listen");
        open!(out, "button", "type" = "button", "class" = "tool", "part" = "tool listen");
        tool(LISTEN, "listen", out);
        out.close();
        open!(out, "div", "class" = "comfort");
        open!(
            out,
            "button",
            "type" = "button",
            "class" = "tool",
            "part" = "tool comfort",
            "aria-expanded" = "false",
            "aria-controls" = "comfort-menu"
        );
        attr_word("aria-label", "comfort", out);
        attr_word("title", "comfort", out);
        open!(out, "span", "class" = "letters");
        attr_word("data-letter", "comfort_letter", out);
        out.close();
        out.close();
        open!(out, "div", "id" = "comfort-menu", "class" = "comfort-menu", "part" = "menu", "hidden" = "");
        out.close();
        out.close();
        open!(out, "button", "type" = "button", "class" = "tool", "part" = "tool share");
        if self.can_share {
            tool(SHARE, "share", out)
        } else {
            tool(LINK, "copy_link", out)
        }
        open!(out, "span", "class" = "sr", "role" = "status");
        out.close();
        out.close();
    }

    fn body(&self, body: Body, words: usize, pace: &Pace, out: &mut Script) {
        let (beginning, rest) = body.folded(words);
        open!(out, "div", "part" = "body");
        out.attr("class", if rest.is_some() { "body folded" } else { "body" });
        open!(out, "div", "class" = "beginning");
        self.part(&beginning, out);
        out.close();
        if let Some((rest, words)) = rest {
            open!(out, "div", "class" = "fold");
            open!(
                out,
                "button",
                "type" = "button",
                "class" = "more",
                "part" = "button read-on",
                "aria-expanded" = "false",
                "aria-controls" = "article-rest"
            );
            out.attr("dir", own_dir(self.tag));
            open!(out, "span");
            word("read_on", out);
            out.text(" ");
            if let Some(minutes) = pace.minutes(words, self.tag) {
                open!(out, "small");
                counted("reading_time", minutes, out);
            }
            out.close();
            out.close();
            open!(out, "div", "id" = "article-rest", "class" = "rest-of-text", "hidden" = "until-found");
            self.part(&rest, out);
            out.close();
        }
        out.close();
    }

    fn part(&self, body: &Body, out: &mut Script) {
        match body {
            Body::Text(blocks) => blocks.iter().for_each(|it| self.block(it, out)),
            Body::Html(html) => markup(html, self.base, self.level, out),
            // What is only described here says so in the whole widget.
            Body::Elsewhere => {}
        }
    }

    fn block(&self, block: &Block, out: &mut Script) {
        match block {
            Block::Paragraph(text) => {
                open!(out, "p");
                saying(text, out);
            }
            Block::Heading(text) => {
                open_heading(self.level + 1, out);
                out.attr("data-depth", "1");
                saying(text, out);
            }
            Block::Verse(lines) => {
                open!(out, "p", "class" = "verse");
                for line in lines {
                    open!(out, "span");
                    saying(line, out);
                }
                out.close();
            }
            Block::List(items) => {
                // The items keep the markers that the author typed.
                open!(out, "ul", "class" = "typed", "role" = "list");
                for item in items {
                    open!(out, "li");
                    saying(item, out);
                }
                out.close();
            }
        }
    }
}

/// What stands on a button of the article's line of tools, and its end.
fn tool(drawing: &str, key: &str, out: &mut Script) {
    icon(drawing, out);
    open!(out, "span", "class" = "tool-label");
    word(key, out);
    out.close();
}

/// The `dir` of the card's own words, where they stand in foreign surroundings.
fn own_dir(tag: &str) -> &'static str {
    direction::of_language(tag).unwrap_or(Direction::Ltr).as_attr()
}
