//! What holds for any foreign tree: random ones, of names and attributes that attacks are made of.

use maqal_contract::unicode::is_invisible;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Node, Profile, SafeHtml};
use crate::markup::{self, Element, Namespace};
use crate::text::bidi;

/// What may stay in an article, said once more and apart from the code under test.
const ALLOWED: &str = "p br strong em b i del s code pre blockquote ul ol li a bdi sub sup h3 h4 h5 h6 figure figcaption \
    img hr table thead tbody tfoot tr th td caption dl dt dd q cite mark abbr small ins u kbd samp var dfn ruby rt rp wbr \
    details summary video audio span";
/// What may stay in a comment.
const ALLOWED_IN_COMMENTS: &str = "p br strong em b i del s code pre blockquote ul ol li a bdi sub sup";
/// What goes with all it holds, of the names in [`NASTY`]. A comment has no films and no frames.
const DROPPED: &str = "script style template noscript noembed noframes iframe object embed svg math head title meta link \
    base textarea select option input button xmp plaintext audio video";
/// What stands on a line of its own and says nothing when empty.
const LINES: &str = "p pre blockquote ul ol li h3 h4 h5 h6 figure figcaption caption dl dt dd details summary";

const NASTY: &str = "p br b i a a pre code blockquote ul ol li bdi h1 h2 h3 h6 figure figcaption img hr table thead tbody \
    tfoot tr th td caption dl dt dd ruby rt rp details summary video audio source iframe abbr script style template \
    noscript noembed noframes object embed svg math title meta link base textarea select option input button xmp plaintext \
    form div div span section article font center marquee x-card mglyph mtext foreignobject desc annotation-xml colgroup \
    col slot img picture main body html head nobr";

const ATTRIBUTES: &str = "href src id name class style onclick onerror onload dir lang title alt width height colspan start \
    value reversed srcset data-src poster action formaction srcdoc xlink:href is slot part nonce target rel fragment \
    background ping popover popovertarget contenteditable tabindex accesskey autofocus";

const VALUES: [&str; 22] = [
    "",
    "x",
    "#x",
    "#y",
    "y",
    "rtl",
    "auto",
    "AUTO",
    "640",
    "1",
    "-3",
    "99999999999",
    "javascript:window.hit=1",
    "\u{1}javascript:window.hit=1",
    "data:text/html,<script>hit=1</script>",
    "https://leak.example/",
    "//leak.example/a.jpg 2x",
    "__proto__",
    "article-title",
    "\"><script>hit=1</script>",
    "\u{202E}x",
    "a b\0c",
];

fn words(list: &'static str) -> impl Strategy<Value = &'static str> {
    select(list.split_whitespace().collect::<Vec<_>>())
}

fn a_text() -> BoxedStrategy<String> {
    prop_oneof![
        3 => select(vec!["كلمة", " ", "\n", "word ", "نصّ طويل", "<b>&amp;", "\u{a0}", "\u{202E}x", "\u{2066}", "]]>-->"])
            .prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ]
    .boxed()
}

fn an_attribute() -> impl Strategy<Value = (String, String)> {
    let value = prop_oneof![6 => select(VALUES.to_vec()).prop_map(str::to_owned), 1 => any::<String>()];
    (words(ATTRIBUTES).prop_map(str::to_owned), value)
}

fn an_element(children: impl Strategy<Value = Vec<markup::Node>>) -> impl Strategy<Value = Element> {
    let namespace = prop_oneof![
        12 => Just(Namespace::Html),
        1 => Just(Namespace::Other),
        1 => Just(Namespace::None),
        1 => Just(Namespace::Atom),
    ];
    let name = prop_oneof![20 => words(NASTY).prop_map(str::to_owned), 1 => "[a-zA-Z:-]{1,8}"];
    (namespace, name, vec(an_attribute(), 0..4), children).prop_map(|(namespace, name, attributes, children)| Element {
        namespace,
        name,
        attributes,
        children,
    })
}

fn a_node() -> impl Strategy<Value = markup::Node> {
    let leaf = prop_oneof![
        3 => a_text().prop_map(markup::Node::Text),
        1 => an_element(Just(Vec::new())).prop_map(markup::Node::Element),
    ];
    leaf.prop_recursive(9, 60, 5, |inner| an_element(vec(inner, 0..5)).prop_map(markup::Node::Element))
}

/// A tree that no parser would make.
fn a_tree() -> impl Strategy<Value = Element> {
    vec(a_node(), 0..6).prop_map(body)
}

/// Pieces of markup that a parser has to make sense of.
fn a_string() -> impl Strategy<Value = String> {
    let attributes = vec(an_attribute(), 0..3).prop_map(|all| {
        all.iter().map(|(name, value)| format!(" {name}=\"{}\"", value.replace('"', "&quot;"))).collect::<String>()
    });
    let piece = prop_oneof![
        6 => (words(NASTY), attributes).prop_map(|(name, attributes)| format!("<{name}{attributes}>")),
        3 => words(NASTY).prop_map(|name| format!("</{name}>")),
        4 => a_text(),
        1 => select(vec!["<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?x", "<!doctype x>", "<", "&lt;", "<p title='", "'"])
            .prop_map(str::to_owned),
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn a_profile() -> impl Strategy<Value = Profile> {
    select(vec![Profile::Article, Profile::Comment])
}

fn body(children: Vec<markup::Node>) -> Element {
    foreign("body", Vec::new(), children)
}

fn foreign(name: &str, attributes: Vec<(String, String)>, children: Vec<markup::Node>) -> Element {
    Element { namespace: Namespace::Html, name: name.to_owned(), attributes, children }
}

/// What `nodes` would be if they came from a parser.
fn again(nodes: &[Node]) -> Vec<markup::Node> {
    let element = |node: &Node| match node {
        Node::Text(text) => markup::Node::Text(text.clone()),
        Node::Element(e) => {
            let kept = e.attributes.iter().filter(|(name, _)| *name != super::anchors::FRAGMENT);
            let attributes = kept.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            markup::Node::Element(foreign(e.name, attributes, again(&e.children)))
        }
        Node::Embed(embed) => {
            let mut attributes = vec![("src".to_owned(), embed.src.clone())];
            attributes.extend(embed.title.clone().map(|title| ("title".to_owned(), title)));
            attributes.extend(embed.size.into_iter().flat_map(|(width, height)| {
                [("width".to_owned(), width.to_string()), ("height".to_owned(), height.to_string())]
            }));
            markup::Node::Element(foreign("iframe", attributes, Vec::new()))
        }
    };
    nodes.iter().map(element).collect()
}

/// The letters and digits that a reader of the foreign tree would see.
fn words_of(foreign: &Element, out: &mut String) {
    for node in &foreign.children {
        match node {
            markup::Node::Text(text) => out.push_str(&letters(text)),
            markup::Node::Element(e) => {
                if e.namespace == Namespace::Html && !has(DROPPED, &e.name) {
                    words_of(e, out);
                }
            }
        }
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() && !is_invisible(*c)).collect()
}

fn has(list: &str, name: &str) -> bool {
    list.split_whitespace().any(|listed| listed == name)
}

fn is_seen(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => text.chars().any(|c| !is_invisible(c)),
        Node::Embed(_) => true,
        Node::Element(e) => has("img hr video audio", e.name) || is_seen(&e.children),
    })
}

fn holds_a_place(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(e) => e.attributes.iter().any(|(name, _)| *name == "id") || holds_a_place(&e.children),
        _ => false,
    })
}

/// Holds of every node of an output, whatever went in.
fn check(nodes: &[Node], profile: Profile, parents: &[&str]) {
    for node in nodes {
        if let Node::Text(text) = node {
            assert_eq!(&bidi::balance(text), text, "no control of direction is left open");
            let in_code = parents.iter().any(|parent| has("code pre kbd samp var", parent));
            assert!(!in_code || &bidi::stripped(text) == text, "code is turned around: {text:?}");
        }
        let Node::Element(e) = node else {
            assert!(profile == Profile::Article || matches!(node, Node::Text(_)), "a frame in a comment");
            continue;
        };
        let allowed = if profile == Profile::Article { ALLOWED } else { ALLOWED_IN_COMMENTS };
        assert!(has(allowed, e.name), "<{}>", e.name);
        for (name, _) in &e.attributes {
            let also = match e.name {
                "a" => "href rel fragment",
                "img" => "src alt width height",
                "video" | "audio" => "src poster width height",
                "td" | "th" => "colspan rowspan",
                "ol" => "start reversed",
                "li" => "value",
                "abbr" => "title",
                _ => "",
            };
            assert!(has("dir lang id", name) || has(also, name), "{name} of <{}>", e.name);
            assert!(profile == Profile::Article || *name != "id", "an identifier in a comment");
        }
        let nearest = parents.iter().rev().find(|parent| has("ul ol dl table thead tbody tfoot tr li td th", parent));
        match e.name {
            "li" => assert!(matches!(nearest, Some(&"ul" | &"ol")), "<li> in {parents:?}"),
            "td" | "th" => assert_eq!(parents.last(), Some(&"tr"), "<{}> in {parents:?}", e.name),
            "a" => assert!(!parents.contains(&"a"), "a link in a link"),
            "p" => assert!(!parents.contains(&"p") || has_between(parents, "p", "td th blockquote li"), "{parents:?}"),
            _ => {}
        }
        if has("table thead tbody tfoot tr", e.name) {
            assert!(
                e.children
                    .iter()
                    .all(|c| matches!(c, Node::Element(c) if has("caption thead tbody tfoot tr td th", c.name))),
                "{:?}",
                e.children
            );
        }
        if has(LINES, e.name) {
            assert!(is_seen(&e.children) || holds_a_place(std::slice::from_ref(node)), "an empty <{}>", e.name);
        }
        check(&e.children, profile, &[parents, &[e.name]].concat());
    }
}

fn has_between(parents: &[&str], outer: &str, between: &str) -> bool {
    parents.iter().rev().take_while(|parent| **parent != outer).any(|parent| has(between, parent))
}

/// `nodes` with one text where several follow one another, as a parser would have it.
fn joined(nodes: &[Node]) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for node in nodes {
        match (out.last_mut(), node) {
            (Some(Node::Text(before)), Node::Text(text)) => before.push_str(text),
            (_, Node::Element(e)) => {
                out.push(Node::Element(super::Element { children: joined(&e.children), ..e.clone() }));
            }
            (_, other) => out.push(other.clone()),
        }
    }
    out
}

fn holds_for(tree: &Element, profile: Profile) {
    let html = is_safe_and_whole(tree, profile);
    let twice = SafeHtml::copy(&body(again(&joined(&html.0))), profile, &[]);
    assert_eq!(joined(&twice.0), joined(&html.0), "a second time changes nothing");
}

fn is_safe_and_whole(tree: &Element, profile: Profile) -> SafeHtml {
    let html = SafeHtml::copy(tree, profile, &[]);
    check(&html.0, profile, &[]);

    let mut expected = String::new();
    words_of(tree, &mut expected);
    assert_eq!(letters(&html.text()), expected, "the words, in their order: {html:?}");

    for words in [0, 1, 5] {
        let (first, rest) = html.clone().split(words);
        assert_eq!([first.0, rest.0].concat(), html.0, "nothing is lost between the parts");
    }
    html
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_comes_out_allow_listed_with_its_words_and_comes_out_the_same_again(
        tree in a_tree(), profile in a_profile(),
    ) {
        holds_for(&tree, profile);
    }

    #[test]
    fn any_string_of_tags_comes_out_allow_listed_with_its_words_and_comes_out_the_same_again(
        html in a_string(), profile in a_profile(),
    ) {
        holds_for(&markup::html(&html).unwrap(), profile);
    }

    #[test]
    fn markup_of_any_depth_is_flattened(name in words(NASTY), depth in 0_usize..400, profile in a_profile()) {
        let leaf = vec![markup::Node::Text("قاع".to_owned())];
        let tree = (0..depth).fold(leaf, |inner, _| vec![markup::Node::Element(foreign(name, Vec::new(), inner))]);
        // A second time it may stand in a paragraph, and so one deeper.
        is_safe_and_whole(&body(tree), profile);
    }
}
