//! Foreign HTML comes out as allow-listed elements, and nothing in it runs or fetches.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use maqal::safe_html::{Profile, SafeHtml};
use support::{answer, seen, settle};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// The HTML that stands on the page after `html` went through the allow-list.
fn through(html: &str, profile: Profile) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let target: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&target).unwrap();
    SafeHtml::parse(html, profile).append_to(&target, "https://news.example/a/");
    target
}

#[wasm_bindgen_test]
fn ordinary_markup_stays() {
    let out = through("<p>نصّ <strong>قوي</strong> و<em>مؤكّد</em></p><ul><li>بند</li></ul>", Profile::Comment);
    assert_eq!(
        out.inner_html(),
        r#"<p dir="auto">نصّ <strong>قوي</strong> و<em>مؤكّد</em></p><ul dir="auto"><li>بند</li></ul>"#
    );
    out.remove();
}

#[wasm_bindgen_test]
fn blocks_run_by_their_own_words_however_deep_the_first_of_them() {
    let html = "<blockquote dir=auto><p dir=auto>اقتباس عربي</p></blockquote><p>Bravo !</p><ul><li>بند</li></ul>";
    let out = through(html, Profile::Comment);
    let direction = |selector: &str| {
        let element = out.query_selector(selector).unwrap().unwrap();
        let style = web_sys::window().unwrap().get_computed_style(&element).unwrap().unwrap();
        style.get_property_value("direction").unwrap()
    };
    assert_eq!(
        (direction("blockquote"), direction("p + ul"), direction("blockquote + p")),
        ("rtl".into(), "rtl".into(), "ltr".into())
    );
    out.remove();
}

#[wasm_bindgen_test]
fn a_comments_link_vouches_for_nothing_and_an_articles_image_is_lazy() {
    let link = through(r#"<a href="https://x.example/" target="_top" id="cookie">ر</a>"#, Profile::Comment);
    assert_eq!(link.inner_html(), r#"<a href="https://x.example/" rel="noopener nofollow ugc">ر</a>"#);
    link.remove();
    let image = through(r#"<img src="b.jpg" alt="ب" width="3" height="x" srcset="y 2x" class="z">"#, Profile::Article);
    assert_eq!(
        image.inner_html(),
        r#"<img src="https://news.example/a/b.jpg" alt="ب" width="3" loading="lazy" decoding="async" referrerpolicy="no-referrer">"#
    );
    image.remove();
}

#[wasm_bindgen_test]
async fn nothing_runs_and_nothing_is_fetched() {
    answer("https://evil.example", 200, "text/plain", "");
    let attacks = [
        "<script>window.hit=1</script>",
        "<img src=x onerror=window.hit=1>",
        "<svg onload=window.hit=1><script>window.hit=1</script></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.hit=1&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=window.hit=1>\">",
        "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>",
        "<a href=\"java&#10;script:window.hit=1\">x</a><a href=\" javascript:window.hit=1\">y</a>",
        "<form action=javascript:window.hit=1><button formaction=javascript:window.hit=1>z</button></form>",
        "<template><img src=x onerror=window.hit=1></template>",
        "<style>*{background:url(https://evil.example/css)}</style><p style=\"background:url(https://evil.example/p)\">p</p>",
        "<meta http-equiv=refresh content=\"0;url=https://evil.example\"><base href=https://evil.example>",
        "<details open ontoggle=window.hit=1>d</details><input autofocus onfocus=window.hit=1>",
        "<img name=body><a id=location>clobber</a>",
    ];
    for attack in attacks {
        for profile in [Profile::Comment, Profile::Article] {
            let out = through(attack, profile);
            for link in
                ["a[href^='javascript']", "[id]", "[name]", "[style]", "script", "iframe", "form", "svg", "style"]
            {
                assert!(out.query_selector(link).unwrap().is_none(), "{link} in {} of {attack}", out.inner_html());
            }
            let all = out.query_selector_all("*").unwrap();
            for index in 0..all.length() {
                let element: web_sys::Element = all.item(index).unwrap().unchecked_into();
                let handlers: Vec<_> = element
                    .get_attribute_names()
                    .iter()
                    .filter_map(|n| n.as_string())
                    .filter(|n| n.starts_with("on"))
                    .collect();
                assert!(handlers.is_empty(), "{handlers:?} of {attack}");
            }
            out.remove();
        }
    }
    settle().await;
    assert!(js_sys::Reflect::get(&js_sys::global(), &"hit".into()).unwrap().is_undefined());
    assert!(seen("evil.example").is_empty());
}

#[wasm_bindgen_test]
fn markup_of_a_thousand_levels_is_flattened_and_its_words_stay() {
    let html = ["<b>".repeat(1000), "قاع".to_owned()].concat();
    let out = through(&html, Profile::Comment);
    assert_eq!(out.text_content().unwrap(), "قاع");
    assert!(out.query_selector_all("b").unwrap().length() <= 64);
    out.remove();
}
