//! Foreign HTML comes out as allow-listed elements, and nothing in it runs or fetches.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod corpus;
mod random;
#[path = "../support/mod.rs"]
mod support;

use maqal::safe_html::{Profile, SafeHtml};
use maqal::view;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// The HTML that stands on the page after `html` went through the allow-list.
fn through(html: &str, profile: Profile) -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let target: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&target).unwrap();
    view::append(&SafeHtml::parse(html, profile).view("https://news.example/a/", 2), &target);
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
    assert_eq!(
        link.inner_html(),
        r#"<p dir="auto"><a href="https://x.example/" rel="noopener nofollow ugc">ر</a></p>"#
    );
    link.remove();
    let image = through(r#"<img src="b.jpg" alt="ب" width="3" height="x" srcset="y 2x" class="z">"#, Profile::Article);
    assert_eq!(
        image.inner_html(),
        concat!(
            r#"<figure><img loading="lazy" decoding="async" referrerpolicy="no-referrer" "#,
            r#"src="https://news.example/a/b.jpg" alt="ب" width="3" class="unsized"></figure>"#
        )
    );
    image.remove();
}

#[wasm_bindgen_test]
fn markup_of_a_thousand_levels_is_flattened_and_its_words_stay() {
    let html = ["<b>".repeat(1000), "قاع".to_owned()].concat();
    let out = through(&html, Profile::Comment);
    assert_eq!(out.text_content().unwrap(), "قاع");
    assert!(out.query_selector_all("b").unwrap().length() <= 64);
    out.remove();
}

#[wasm_bindgen_test]
fn a_table_scrolls_in_a_box_and_a_frame_is_a_box_that_waits() {
    let table = through("<table><tr><td>خلية</td></tr></table>", Profile::Article);
    assert_eq!(
        table.inner_html(),
        concat!(
            r#"<div class="scroll" role="group" tabindex="0"><table dir="auto"><tbody><tr>"#,
            "<td>خلية</td></tr></tbody></table></div>"
        )
    );
    table.remove();
    let frame = through("<iframe src=//v.example/1 width=560 height=315 title=فيلم></iframe>", Profile::Article);
    assert_eq!(
        frame.inner_html(),
        concat!(
            r#"<figure class="embed" data-ratio="560 / 315"><button type="button"></button>"#,
            r#"<figcaption><a href="https://v.example/1" dir="auto">فيلم</a></figcaption></figure>"#
        )
    );
    frame.remove();
}

#[wasm_bindgen_test]
fn an_empty_address_is_none_and_not_the_articles_own() {
    let film = through("<video src=a.mp4 poster=''></video><video src=' '></video><img src=''>", Profile::Article);
    assert_eq!(film.inner_html(), r#"<video controls="" preload="none" src="https://news.example/a/a.mp4"></video>"#);
    film.remove();
}

#[wasm_bindgen_test]
fn what_held_only_a_picture_without_an_address_goes_with_it_and_a_cell_stays() {
    let out = through("<p><a href=b.jpg><img src=x:y></a></p><p>نصّ</p>", Profile::Article);
    assert_eq!(out.inner_html(), r#"<p dir="auto">نصّ</p>"#);
    out.remove();
    let table = through("<table><tr><td><img src=x:y></td><td>خلية</td></tr></table>", Profile::Article);
    assert_eq!(table.query_selector_all("td").unwrap().length(), 2);
    table.remove();
}

#[wasm_bindgen_test]
fn a_link_leads_to_its_note_in_the_text_and_to_nothing_of_the_cards() {
    let out = through("<a href=#name>ر</a><p id=name>حاشية</p><p id=body>نصّ</p>", Profile::Article);
    assert_eq!(
        out.inner_html(),
        concat!(
            r##"<p dir="auto"><a href="#in-text-name">ر</a></p><p id="in-text-name" dir="auto">حاشية</p>"##,
            r#"<p dir="auto">نصّ</p>"#
        )
    );
    out.remove();
}

#[wasm_bindgen_test]
fn a_form_or_a_picture_does_not_answer_for_the_tree_it_stands_in() {
    for name in ["firstChild", "nextSibling", "nodeType", "nodeValue", "localName", "namespaceURI", "getAttributeNames"]
    {
        let html = format!(
            "<p>قبل</p><input name={name} form=f><form id=f><input name={name}><p>في</p></form><p>بعد</p><img name={name}>"
        );
        for profile in [Profile::Article, Profile::Comment] {
            let out = through(&html, profile);
            assert_eq!(out.text_content().unwrap(), "قبلفيبعد", "{name}");
            out.remove();
        }
    }
    let out = through("<img name=documentElement src=x:y><p>نصّ</p>", Profile::Comment);
    assert_eq!(out.text_content().unwrap(), "نصّ");
    out.remove();
}

#[wasm_bindgen_test]
fn event_handlers_that_the_browsers_own_sanitizer_dies_of_are_harmless() {
    let out = through("<p onstart=x onfinish=x onbeforematch=x onpagereveal=x>نصّ</p>", Profile::Comment);
    assert_eq!(out.inner_html(), r#"<p dir="auto">نصّ</p>"#);
    out.remove();
}
