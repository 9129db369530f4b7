//! The corpus: every class of attack that is known, and what has to survive.

use js_sys::Array;
use maqal::safe_html::{Profile, SafeHtml};
use maqal::view;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::{pause, seen};

#[wasm_bindgen(module = "/tests/safe_html/inspect.js")]
extern "C" {
    fn inspect(root: &HtmlElement, profile: &str) -> Array;
    fn use_all(root: &HtmlElement);
    fn ran() -> Array;
    fn asked(part: &str) -> Array;
    fn clobbered() -> Array;
    fn canary();
}

/// The file. In `html`, `{RUN}` is what must not run, `{LEAK}` an address that must not be asked for, `{PICTURE}` one
/// of a picture and `{PAGE}` one of a page that may stand there.
#[derive(Deserialize)]
struct Corpus {
    attacks: Vec<Attack>,
    benign: Vec<Benign>,
}

#[derive(Deserialize)]
struct Attack {
    class: String,
    #[serde(default)]
    html: String,
    /// What comes before the repeated part.
    #[serde(default)]
    before: String,
    /// A part, how often it comes, and what comes after it.
    repeat: Option<(String, usize, String)>,
}

#[derive(Deserialize)]
struct Benign {
    html: String,
    /// What a reader reads in an article.
    text: String,
    /// What is found in an article, as a list of selectors that all find something.
    article: String,
    /// The same for a comment.
    comment: String,
}

impl Attack {
    /// The markup, with the `number` of the case in what it runs and asks for.
    fn markup(&self, number: usize) -> String {
        let repeated = self.repeat.as_ref().map(|(part, times, after)| [part.repeat(*times), after.clone()].concat());
        [self.html.clone(), self.before.clone(), repeated.unwrap_or_default()]
            .concat()
            .replace("{RUN}", &format!("top.__hit={number}"))
            .replace("{LEAK}", &format!("https://leak.example/{number}"))
            .replace("{PICTURE}", &format!("https://pictures.example/{number}.jpg"))
            .replace("{PAGE}", &format!("https://pages.example/{number}"))
    }
}

fn corpus() -> Corpus {
    serde_json::from_str(include_str!("../corpus/safe_html.json")).unwrap()
}

pub fn strings(array: &Array) -> Vec<String> {
    array.iter().filter_map(|line| line.as_string()).collect()
}

/// `html` through the allow-list, on the page: in a shadow root, and in the document itself.
pub fn shown(html: &str, profile: Profile) -> [HtmlElement; 2] {
    let document = web_sys::window().unwrap().document().unwrap();
    let safe = SafeHtml::parse(html, profile);
    let build = || -> HtmlElement { document.create_element("section").unwrap().unchecked_into() };
    let (host, shaded, plain) = (build(), build(), build());
    let shadow = host.attach_shadow(&web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open)).unwrap();
    shadow.append_child(&shaded).unwrap();
    for attached in [&host, &plain] {
        document.body().unwrap().append_child(attached).unwrap();
    }
    // Attached first: what runs or loads as it is built in a live place does so.
    for root in [&shaded, &plain] {
        view::append(&safe.view("https://news.example/a/", 2), root);
    }
    [shaded, plain]
}

/// What is wrong with what stands in `root`.
pub fn faults(root: &HtmlElement, profile: Profile) -> Vec<String> {
    strings(&inspect(root, if profile == Profile::Article { "article" } else { "comment" }))
}

/// Takes away what [`shown`] put there.
pub fn take_away([shaded, plain]: &[HtmlElement; 2]) {
    let shadow: web_sys::ShadowRoot = shaded.get_root_node().unchecked_into();
    shadow.host().remove();
    plain.remove();
}

#[wasm_bindgen_test]
async fn no_attack_runs_asks_clobbers_or_leaves_anything_that_is_not_listed() {
    let mut found = Vec::new();
    let mut standing = Vec::new();
    let attacks = corpus().attacks;
    for (number, attack) in attacks.iter().enumerate() {
        let html = attack.markup(number);
        for profile in [Profile::Article, Profile::Comment] {
            let roots = shown(&html, profile);
            for root in &roots {
                let faults = faults(root, profile);
                if !faults.is_empty() {
                    let html: String = html.chars().take(300).collect();
                    found.push(format!("{} {profile:?}: {html}\n  {}", attack.class, faults.join("\n  ")));
                }
                // The big ones would only make the page slow.
                if attack.repeat.is_none() {
                    use_all(root);
                }
            }
            if attack.repeat.is_none() {
                standing.push(roots);
            } else {
                take_away(&roots);
            }
        }
    }
    canary();
    for _ in 0..500 {
        if !strings(&ran()).is_empty() && !strings(&asked("canary.example")).is_empty() {
            break;
        }
        pause().await;
    }
    assert_eq!(strings(&ran()), ["canary"], "the numbers are those of the corpus");
    assert_eq!(strings(&asked("canary.example")), ["https://canary.example/x.png"], "requests are seen");
    assert_eq!((strings(&asked("leak.example")), seen("leak.example")), (vec![], vec![]));
    assert_eq!(strings(&clobbered()), [""; 0]);
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), attacks.len(), found.join("\n"));
    standing.iter().for_each(take_away);
}

#[wasm_bindgen_test]
fn what_is_benign_survives() {
    for case in corpus().benign {
        for (profile, selectors) in [(Profile::Article, &case.article), (Profile::Comment, &case.comment)] {
            let roots = shown(&case.html, profile);
            assert_eq!(faults(&roots[0], profile), [""; 0], "{}", case.html);
            for selector in selectors.split(',').filter(|selector| !selector.is_empty()) {
                assert!(
                    roots[0].query_selector(selector).unwrap().is_some(),
                    "{selector} of {profile:?} {}: {}",
                    case.html,
                    roots[0].inner_html()
                );
            }
            if profile == Profile::Article {
                assert_eq!(roots[0].text_content().unwrap().trim(), case.text, "{}", case.html);
            }
            take_away(&roots);
        }
    }
}
