//! What becomes of foreign markup, by the native parser; `tests/safe_html.rs` shows the same in the browser.

use super::{Node, Profile, SafeHtml};

/// The tree as markup, for comparison: attributes as they were kept.
fn markup(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Embed(embed) => out.push_str(&format!("[{} {:?} {:?}]", embed.src, embed.title, embed.size)),
            Node::Element(e) => {
                let attributes: String = e.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                out.push_str(&format!("<{}{attributes}>{}</{}>", e.name, markup(&e.children), e.name));
            }
        }
    }
    out
}

fn article(html: &str) -> String {
    markup(&SafeHtml::parse(html, Profile::Article).0)
}

fn comment(html: &str) -> String {
    markup(&SafeHtml::parse(html, Profile::Comment).0)
}

#[test]
fn plain_lines_become_paragraphs_and_their_text_comes_back() {
    let html = SafeHtml::from_lines("سطر\nسطر ثانٍ\n\n\nفقرة <b>");
    assert_eq!(html.text(), "سطر\nسطر ثانٍ\nفقرة <b>\n");
    assert!(!html.is_empty());
}

#[test]
fn divs_and_double_breaks_are_paragraphs() {
    assert_eq!(article("<div>أ</div><div>ب</div>"), "<p>أ</p><p>ب</p>");
    assert_eq!(
        article("أ<br><br>ب <b>ج</b><br />\n<br />\n&nbsp;<br>د<br>هـ"),
        "<p>أ</p><p>ب <b>ج</b></p><p>د<br></br>هـ</p>"
    );
    assert_eq!(article("<p>أ</p><p>&nbsp;</p><p><br></p><p></p><div>&nbsp;</div><p>ب</p>"), "<p>أ</p><p>ب</p>");
    assert_eq!(
        article("<section><header><h2>عنوان</h2></header>نصّ<ul> <li><div>بند</div></li> </ul></section>"),
        "<h3>عنوان</h3><p>نصّ</p><ul><li>بند</li></ul>"
    );
    assert_eq!(article("<blockquote>قول<br><br>وقول</blockquote>"), "<blockquote><p>قول</p><p>وقول</p></blockquote>");
    assert_eq!(
        article("<td>خلية</td><table><tr><td><p>أ</p></td><td><div>ب</div><div>ج</div></td></tr></table>"),
        "<p>خلية</p><table><tbody><tr><td>أ</td><td><p>ب</p><p>ج</p></td></tr></tbody></table>"
    );
}

#[test]
fn headings_begin_under_the_cards_title_and_keep_their_distance() {
    assert_eq!(article("<h1>أ</h1><h3>ب</h3><h6>ج</h6>"), "<h3>أ</h3><h4>ب</h4><h6>ج</h6>");
    assert_eq!(article("<h4>أ</h4><h5>ب</h5>"), "<h3>أ</h3><h4>ب</h4>");
    assert_eq!(comment("<h1>أ</h1>ب"), "<p>أ</p><p>ب</p>");
}

#[test]
fn a_picture_alone_is_a_figure_and_has_its_real_address() {
    assert_eq!(
        article("<div class=separator><a href=b.jpg><img src=s.jpg></a></div>"),
        "<figure><a href=b.jpg><img src=s.jpg></img></a></figure>"
    );
    assert_eq!(
        article("<img src='data:image/gif;base64,R0' data-src=real.jpg width=3 height=4>"),
        "<figure><img src=real.jpg width=3 height=4></img></figure>"
    );
    assert_eq!(
        article("<picture><source srcset=x.webp><img srcset='a.jpg 1x, b.jpg 2x' alt=ب></picture>"),
        "<figure><img src=a.jpg alt=ب></img></figure>"
    );
    assert_eq!(article("<p>قال <img class=emoji alt=😀 src=//s.w.org/1.svg> ومضى</p>"), "<p>قال 😀 ومضى</p>");
    assert_eq!(article("<p>نصّ<img src=https://count.example/p width=1 height=1></p>"), "<p>نصّ</p>");
    assert_eq!(article("<img alt=x><img src=''><img src='data:,x'>"), "");
    assert_eq!(comment("<img src=a.jpg>نصّ"), "<p>نصّ</p>");
}

#[test]
fn a_frame_becomes_a_box_and_a_film_waits() {
    assert_eq!(
        article(
            "<figure><div><iframe src=https://v.example/1 width=560 height=315 title=فيلم></iframe></div></figure>"
        ),
        r#"<figure>[https://v.example/1 Some("فيلم") Some((560, 315))]</figure>"#
    );
    assert_eq!(article("<iframe srcdoc='<script>x</script>'></iframe><iframe src=about:blank></iframe>"), "");
    assert_eq!(
        article(
            "<video autoplay poster=p.jpg><source src=a.webm><source src=a.mp4>بديل</video><audio src=b.mp3 onplay=x></audio>"
        ),
        "<video src=a.webm></video><audio src=b.mp3></audio>"
    );
    assert_eq!(comment("<video src=a.mp4></video><iframe src=https://v.example/1></iframe>نصّ"), "<p>نصّ</p>");
}

#[test]
fn identifiers_stay_only_where_a_link_of_the_text_leads_to_them() {
    assert_eq!(
        article("<p id=top>نصّ<sup id=r1><a href=#n1>١</a></sup></p><ol><li id=n1>حاشية <a href=#r1>عودة</a></li></ol>"),
        "<p>نصّ<sup id=r1><a href=#n1 fragment=n1>١</a></sup></p><ol><li id=n1>حاشية <a href=#r1 fragment=r1>عودة</a></li></ol>"
    );
    assert_eq!(
        article("<a href='#%D9%85'>م</a><div id=م><p>نصّ</p></div><a name=q></a><a href='https://x.example/p#q'>ق</a>"),
        "<p><a href=#%D9%85 fragment=م>م</a></p><p id=م>نصّ</p><p><span id=q></span><a href=https://x.example/p#q fragment=q>ق</a></p>"
    );
    assert_eq!(article("<a href=#gone>ر</a>"), "<p><a href=#gone>ر</a></p>");
    assert_eq!(comment("<p id=n1>نصّ <a href=#n1>ر</a></p>"), "<p>نصّ <a href=#n1 rel=noopener nofollow ugc>ر</a></p>");
}

#[test]
fn code_and_documents_vanish_and_unknown_elements_leave_their_words() {
    assert_eq!(
        article("<p>أ<script>x</script><style>y</style><template>z</template><object>w</object>ب</p>"),
        "<p>أب</p>"
    );
    assert_eq!(
        article("<p><font color=red>أ</font><x-y>ب</x-y></p><svg><a>ج</a></svg><math><mi>د</mi></math>"),
        "<p>أب</p>"
    );
    assert_eq!(article("<p>أ<br></p><dialog>ب</dialog><label>ج</label>"), "<p>أ</p><p>ج</p>");
    let deep = ["<b>".repeat(200), "قاع<script>x</script>".to_owned()].concat();
    assert_eq!(SafeHtml::parse(&deep, Profile::Comment).text().trim(), "قاع");
    let deeper = ["<div>".repeat(300), "قاع<script>x</script><style>y</style>".to_owned()].concat();
    assert_eq!(SafeHtml::parse(&deeper, Profile::Article).text().trim(), "قاع");
}

#[test]
fn a_text_is_split_between_blocks_and_a_heading_stays_with_its_text() {
    let html = SafeHtml::parse("<p>واحد اثنان ثلاثة أربعة</p><h2>عنوان</h2><p>خمسة ستة</p>", Profile::Article);
    let (first, rest) = html.clone().split(4);
    assert_eq!(
        (markup(&first.0), markup(&rest.0)),
        ("<p>واحد اثنان ثلاثة أربعة</p>".into(), "<h3>عنوان</h3><p>خمسة ستة</p>".into())
    );
    let (first, rest) = html.clone().split(5);
    assert_eq!(markup(&first.0), "<p>واحد اثنان ثلاثة أربعة</p>");
    assert!(!rest.is_empty());
    let (all, none) = html.clone().split(100);
    assert_eq!((all, none.is_empty()), (html, true));
}

#[test]
fn what_a_parser_would_not_leave_so_is_set_right() {
    assert_eq!(
        article("<ul><li><section><li>أ</section></ul><h2><div><h3>ب</h3></div></h2><figcaption>ج</figcaption>"),
        "<ul><li>أ</li></ul><h3>ب</h3><p>ج</p>"
    );
    assert_eq!(
        article("<table><tr><form><td>أ</form><td><p></p></tr></table>"),
        "<table><tbody><tr><td>أ</td><td></td></tr></tbody></table>"
    );
    assert_eq!(
        comment("<a href=x><table><td>أ<a href=y>ب</a></td></table></a>"),
        "<a href=x rel=noopener nofollow ugc><p>أب</p></a>"
    );
    assert_eq!(
        article("<a href=x>أ<iframe src=https://v.example/1></iframe></a>"),
        "<p>أ</p>[https://v.example/1 None None]"
    );
}

#[test]
fn a_language_a_title_and_lines_reorder_nothing_outside() {
    assert_eq!(SafeHtml::from_lines("\u{202E}أ\nب").text(), "\u{202E}أ\u{202C}\nب\n");
    assert_eq!(article("<p>\u{202E}أ</p>"), "<p>\u{202E}أ\u{202C}</p>");
}

#[test]
fn a_paragraph_that_breaks_in_two_has_one_identifier() {
    assert_eq!(
        article("<a href=#n>ر</a><p id=n>أ<br><br>ب</p>"),
        "<p><a href=#n fragment=n>ر</a></p><p id=n>أ</p><p>ب</p>"
    );
}

#[test]
fn very_many_siblings_and_links_take_time_in_proportion() {
    let links: String = (0..100_000).map(|n| format!("<a href=#n{n}>x</a><b id=n{n}>y</b>")).collect();
    let SafeHtml(nodes) = SafeHtml::parse(&links, Profile::Article);
    let [Node::Element(paragraph)] = nodes.as_slice() else { panic!("{} nodes", nodes.len()) };
    assert_eq!(paragraph.children.len(), 200_000);
    let fragments = paragraph
        .children
        .iter()
        .filter(|node| matches!(node, Node::Element(e) if e.name == "a" && e.attributes.len() == 2));
    assert_eq!(fragments.count(), 100_000);
}

#[test]
fn a_picture_in_a_container_of_a_figure_is_its_picture() {
    assert_eq!(
        article("<figure><div><a href=b.jpg><img src=a.jpg></a></div><figcaption>تعليق</figcaption></figure>"),
        "<figure><a href=b.jpg><img src=a.jpg></img></a><figcaption>تعليق</figcaption></figure>"
    );
    assert_eq!(
        article("<figure><div><img src=a.jpg></div><div><img src=b.jpg></div></figure>"),
        "<figure><figure><img src=a.jpg></img></figure><figure><img src=b.jpg></img></figure></figure>"
    );
    let mut html =
        SafeHtml::parse("<figure><div><img src=a.jpg></div><figcaption>ت</figcaption></figure>", Profile::Article);
    assert_eq!(html.take_leading_picture().unwrap().caption.as_deref(), Some("ت"));
}

#[test]
fn what_runs_its_own_way_within_a_line_still_does() {
    assert_eq!(article("<p>هاتف <span dir=LTR>+966 50 123</span></p>"), "<p>هاتف <bdi dir=LTR>+966 50 123</bdi></p>");
    assert_eq!(comment("<bdo dir=rtl>أ</bdo> <span dir=auto>ب</span>"), "<p><bdi dir=rtl>أ</bdi> ب</p>");
}

#[test]
fn a_width_alone_stays_and_a_height_alone_goes() {
    assert_eq!(
        article("<p>أ <img src=a.png width=20> ب <img src=b.png height=9></p>"),
        "<p>أ <img src=a.png width=20></img> ب <img src=b.png></img></p>"
    );
}

#[test]
fn an_override_ends_with_the_text_it_stands_in_and_code_has_none() {
    assert_eq!(
        comment("<p>أ <b>\u{202E}ب</b> ج<i>\u{2067}</i> د\u{2069}\u{202C}</p>"),
        "<p>أ <b>\u{202E}ب\u{202C}</b> ج<i>\u{2067}\u{2069}</i> د</p>"
    );
    // Trojan Source: what looks like a comment is not one.
    assert_eq!(
        comment(
            "<pre><code>if (a) {\u{202E} \u{2066}// b\u{2069} \u{2066}}</code></pre><p><code>\u{202E}x<b>\u{2067}y</b></code></p>"
        ),
        "<pre><code>if (a) { // b }</code></pre><p><code>x<b>y</b></code></p>"
    );
    assert_eq!(article("<p><kbd>\u{202E}x</kbd> <samp>\u{2066}y</samp></p>"), "<p><kbd>x</kbd> <samp>y</samp></p>");
}

#[test]
fn text_in_a_figure_within_a_figure_stays_there_however_often_it_is_read() {
    let once = SafeHtml::parse("<figure>قبل<summary><figure>كلمة", Profile::Article);
    assert_eq!(format!("{once:?}").matches("figure").count(), 2, "{once:?}");
    let again = "<figure><p>قبل</p><figure>كلمة</figure></figure>";
    assert_eq!(SafeHtml::parse(again, Profile::Article), once);
}
