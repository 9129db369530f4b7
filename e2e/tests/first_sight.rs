//! What shows first is the card, and what the reader does there is done in the whole card that comes for it.

use maqal_e2e::article::{self, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::stage::{Stage, THREAD};
use serde_json::{Value, json};

/// The card as a tree: names, attributes and texts, less what stands hidden.
const TREE: &str = "const tree = (element) => {
    if (element.hidden === true) return [element.localName, element.id];
    const attributes = [...element.attributes].map(({ name, value }) => name + '=' + value).sort();
    const children = [];
    for (const node of element.childNodes) {
        if (node.nodeType === 1) children.push(tree(node));
        else if (node.nodeType === 3 && node.data) {
            if (typeof children.at(-1) === 'string') children.push(children.pop() + node.data);
            else children.push(node.data);
        }
    }
    return [element.localName, ...attributes, children];
};
return tree($('.container'))";

/// Where each element of the card stands, how large it is, and in which colours.
const LOOKS: &str = "return [...$$('.container, .container *')].filter((element) => element.getClientRects().length)
    .map((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const { color, backgroundColor, font } = getComputedStyle(element);
        const place = [left, top + scrollY, width, height].map((n) => Math.round(n * 8) / 8);
        return [element.localName + '.' + element.getAttribute('class'), ...place, color, backgroundColor, font].join(' ');
    })";

async fn is_first(card: Card<'_>) -> bool {
    card.run("return Boolean($('.first'))", vec![]).await == json!(true)
}

async fn until_read(card: Card<'_>) {
    card.until("the comments are there", "return $$('.comment').length > 4 && !$('.skeleton')").await;
}

async fn until_whole(card: Card<'_>) {
    card.until("the whole card is there", "return $('.maqal') && !$('.first')").await;
}

/// Comments of many kinds: long ones, replies to replies, a pinned and a featured one.
async fn fill(stage: &Stage) -> usize {
    let endpoint = &stage.endpoint;
    let bodies = [
        "**تعليق** فيه `كود` و*تشديد* و[رابط](https://a.example/?a=1&b=2).\n\n> اقتباس\n\n- بند\n- آخر".to_owned(),
        "```\nlet x = 1 < 2;\n```\n\n1. أوّل\n2. ثانٍ\n\nC++ و@anna و+212 600".to_owned(),
        "English first, ثمّ العربية\nوسطر 2 < 3 & 4".to_owned(),
        "كلمة ".repeat(400),
        "😀".to_owned(),
    ];
    for (n, body) in bodies.iter().enumerate() {
        endpoint.post(THREAD, &format!("Reader «{n}» سلمى"), body, &format!("first-sight-key-{n:04}")).await;
    }
    let page = endpoint.page(THREAD).await;
    let (first, second) = (page.comments[0].id.clone(), page.comments[1].id.clone());
    let mut parent = first.clone();
    for n in 0..5 {
        parent = endpoint.reply(THREAD, &parent, &format!("مجيب {n}"), &format!("ردّ {n}")).await;
    }
    endpoint.change(&first, "pinned = ?", 1).await;
    endpoint.change(&second, "featured = ?", 1).await;
    endpoint.change(&second, "likes = ?", 3).await;
    bodies.len() + 5
}

#[tokio::test]
async fn the_card_looks_the_same_before_and_after_the_whole_of_it_has_come() {
    let stage = Stage::start().await;
    let count = fill(&stage).await;
    let reader = stage.reader().await;
    looks_the_same_when_whole(&reader).await;
    assert_eq!(reader.heard_of("maqal:ready").await, [json!({ "title": TITLE })]);
    assert_eq!(reader.heard_of("maqal:count").await, [json!({ "thread": THREAD, "total": count })]);
}

/// An article in markup, with all that a text may hold and first sight shows.
const MARKUP: &str = r##"<article lang="ar"><p class="kicker">بيئة</p><h1>عنوان <em>المقال</em></h1><p class="lead">ملخّص فيه 12 و‏iPhone.</p>
    <p class="byline">بقلم <a rel="author" href="/s">سلمى العلوي</a> و<a rel="author" href="/y">ياسين</a></p>
    <time datetime="2026-11-14T06:30:00+01:00">أمس</time><time class="updated" datetime="2026-11-16T06:30:00+01:00">اليوم</time>
    <figure><img src="/picture.svg" alt="ميناء" width="640" height="360"><figcaption>الميناء عند الفجر</figcaption></figure>
    <style>p { color: red }</style><script>void 0</script>
    <h2 id="one">قسم أوّل</h2><p>فقرة فيها <a href="https://a.example/?a=1&amp;b=2">رابط</a> و<a href="#two">موضع</a> و<b>خطّ</b> وC++ و<code>x &lt; 1</code>.</p>
    <blockquote cite="/q"><p>اقتباس<br>من سطرين</p></blockquote><ul><li>بند</li><li>An item in English</li></ul><ol start="3"><li>ثالث</li></ol>
    <pre><code>let x = 1;</code></pre><hr><p dir="ltr">A paragraph <bdi>من اليمين</bdi>, and H<sub>2</sub>O.</p><svg><title>لا</title></svg>
    <h3 id="two">قسم ثانٍ</h3><div>سطر بلا فقرة <img src="/picture.svg" alt=""> وصورة</div><aside>هامش</aside><p hidden>خفيّ</p>PARAGRAPHS</article>"##;

#[tokio::test]
async fn an_article_in_markup_shows_first_too_and_looks_the_same_when_the_whole_card_has_come() {
    let stage = Stage::start().await;
    let count = fill(&stage).await;
    stage.host.put("/picture.svg", r#"<svg xmlns="http://www.w3.org/2000/svg" width="64" height="36"/>"#);
    let data = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"عنوان المقال",
        "author":{"@type":"Person","name":"سلمى العلوي"},"datePublished":"2026-11-14T09:30:00Z","inLanguage":"ar"}</script>"#;
    for (path, paragraphs, data) in [("/short.html", 2, ""), ("/long.html", 60, ""), ("/described.html", 2, data)] {
        let text =
            "<p>فقرة من كلمات كثيرة بما يكفي لأن تُطوى حين يطول النصّ، وبعدها <i>فقرة</i> أخرى.</p>".repeat(paragraphs);
        let attributes = format!(r#"endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint());
        stage.put_page(path, &stage.card(&attributes, &(data.to_owned() + &MARKUP.replace("PARAGRAPHS", &text))));
        let reader = stage.reader_at(path).await;
        looks_the_same_when_whole(&reader).await;
        assert_eq!(reader.heard_of("maqal:ready").await, [json!({ "title": "عنوان المقال" })]);
        assert_eq!(reader.heard_of("maqal:count").await, [json!({ "thread": THREAD, "total": count })]);
    }
}

#[tokio::test]
async fn an_article_in_markup_that_changes_or_is_unusual_is_the_whole_cards() {
    let stage = Stage::start().await;
    let attributes = format!(r#"endpoint="{}""#, stage.proxy.endpoint());
    stage.put_page("/text.html", &stage.card(&attributes, &article::light_dom()));
    let reader = stage.reader_at("/text.html").await;
    let card = reader.card("maqal-card");
    card.until("the conversation is there", "return $('.empty')").await;
    assert!(is_first(card).await);
    card.run("host.querySelector('p').firstChild.data = 'نصّ صُحّح.'", vec![]).await;
    until_whole(card).await;
    card.until("the text is the new one", "return $('.body').textContent.startsWith('نصّ صُحّح.')").await;
    // The conversation is the page's.
    assert_eq!(reader.heard_of("maqal:count").await[0]["thread"], json!(stage.host.url("/text.html")));
    for (path, unusual) in [
        ("/table.html", "<table><tr><td>خانة</td></tr></table>"),
        ("/frame.html", "<iframe src='https://a.example/'></iframe>"),
        ("/form.html", "<form><input name='firstChild'></form>"),
        (
            "/data.html",
            r#"<script type="application/ld+json">{"@type":"Article","headline":"من الوصف","articleBody":"ن"}</script>"#,
        ),
    ] {
        stage.put_page(path, &stage.card(&attributes, &format!("<h1>عنوان</h1><p>نصّ.</p>{unusual}")));
        let reader = stage.reader_at(path).await;
        let card = reader.card("maqal-card");
        card.until("the conversation is there", "return $('.empty')").await;
        assert!(!is_first(card).await, "{path}");
    }
}

/// Opens the card of the usual page at first sight, then makes it whole.
async fn looks_the_same_when_whole(reader: &Browser) {
    let card = reader.card("maqal-card");
    until_read(card).await;
    assert!(is_first(card).await);
    let (first, looks) = (card.run(TREE, vec![]).await, card.run(LOOKS, vec![]).await);
    card.run("host.setAttribute('heading', '2')", vec![]).await;
    until_whole(card).await;
    until_read(card).await;
    let whole = card.run(TREE, vec![]).await;
    let [first, whole] = [first, whole].map(|tree| format!("{tree:#}"));
    assert!(first == whole, "{}", difference(&first, &whole));
    let [before, after] = [looks, card.run(LOOKS, vec![]).await].map(|looks| format!("{looks:#}"));
    assert!(before == after, "{}", difference(&before, &after));
}

/// The first lines in which two texts differ, with what stands before them.
fn difference(one: &str, other: &str) -> String {
    let (one, other): (Vec<_>, Vec<_>) = (one.lines().collect(), other.lines().collect());
    let at = one.iter().zip(&other).position(|(one, other)| one != other).unwrap_or(one.len().min(other.len()));
    let part = |lines: &[&str]| lines[at.saturating_sub(12)..(at + 8).min(lines.len())].join("\n");
    format!("at first sight:\n{}\nwhole:\n{}", part(&one), part(&other))
}

#[tokio::test]
async fn the_beginning_of_a_long_answer_shows_first_and_nothing_moves_when_the_others_come() {
    let stage = Stage::start().await;
    // Each group is a comment with its replies; of some replies there are more than are in the answer.
    let answer = |group: usize, replies: usize| {
        let said = |n: usize| {
            let parent = n - n % group;
            let under = if n == parent { json!(null) } else { json!(parent.to_string()) };
            let replies = if n == parent { replies } else { 0 };
            json!({ "id": n.to_string(), "name": "سلمى", "body": format!("تعليق {n}"), "parent": under, "root": under,
                "replies": replies })
        };
        (0..400).map(said).collect::<Vec<_>>()
    };
    let page = |path: &str, comments: &[Value]| {
        let answer = json!({ "comments": comments, "total": comments.len() }).to_string();
        stage.host.put_with(&format!("{path}/answers"), 200, "application/json", &[], answer);
        let attributes = format!(r#"endpoint="{path}/answers" thread="{THREAD}""#);
        stage.put_page(path, &stage.card(&attributes, &article::light_dom()));
    };
    let watch = "window.seen = []; let last;
        (function look() {
            const card = $('.first') ?? $('.maqal');
            const count = card?.querySelectorAll('.comment').length;
            const top = (place) => place && Math.round(place.getBoundingClientRect().top + scrollY);
            const now = [$('.first') ? 'first' : 'whole', count, top($('.say')), top(card?.querySelector('.comment#c-24')) ?? 0];
            if (now[1] && String(now) !== String(last)) seen.push(last = now);
            requestAnimationFrame(look);
        })()";
    for (path, group, replies, beginning) in [("/whole-groups.html", 3, 2, 30), ("/cut-group.html", 4, 5, 28)] {
        page(path, &answer(group, replies));
        let reader = stage.reader_at(path).await;
        let card = reader.card("maqal-card");
        card.run(watch, vec![]).await;
        card.until("all are there", "return $$('.comment').length === 400 && !$('.skeleton')").await;
        assert!(!is_first(card).await);
        let seen = card.run("return seen", vec![]).await;
        let seen: Vec<(String, usize, i64, i64)> = serde_json::from_value(seen).unwrap();
        let last = seen.iter().rfind(|(which, ..)| which == "first").unwrap();
        assert_eq!(last.1, beginning, "{seen:?}");
        assert!(seen.windows(2).all(|two| two[0].1 <= two[1].1 && two[0].2 == two[1].2), "{seen:?}");
        let whole: Vec<_> = seen.iter().filter(|(which, ..)| which == "whole").collect();
        assert!(last.3 > last.2 && whole.iter().all(|now| now.3 == last.3), "{seen:?}");
        assert_eq!(reader.heard_of("maqal:count").await, [json!({ "thread": THREAD, "total": 400 })]);
    }

    // One whose replies stand elsewhere in the answer is the whole card's.
    let mut turned = answer(3, 2);
    turned.reverse();
    page("/turned.html", &turned);
    let reader = stage.reader_at("/turned.html").await;
    let card = reader.card("maqal-card");
    card.run(watch, vec![]).await;
    card.until("all are there", "return $$('.comment').length === 400 && !$('.skeleton')").await;
    assert_eq!(card.run("return seen.some(([which]) => which === 'first')", vec![]).await, json!(false));
    assert_eq!(reader.heard_of("maqal:count").await, [json!({ "thread": THREAD, "total": 400 })]);
}

/// What of the widget the page has loaded.
async fn loaded(reader: &Browser) -> Vec<String> {
    let script =
        "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1).split('?')[0])";
    let names = reader.run(script, vec![]).await;
    names.as_array().into_iter().flatten().map(|name| name.as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_reader_who_reads_loads_no_more_than_shows_first() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 3).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the comments are there", "return $$('.comment').length === 3").await;
    reader.run("scrollTo(0, document.documentElement.scrollHeight)", vec![]).await;
    reader.painted().await;
    let loaded = loaded(&reader).await;
    for whole in ["whole.js", "maqal.js", "maqal_bg.wasm", "later.css"] {
        assert!(!loaded.iter().any(|name| name == whole), "{whole} in {loaded:?}");
    }
    assert!(is_first(card).await);
    let asked = |what: &str| loaded.iter().filter(|name| *name == what).count();
    assert_eq!((asked("article.json"), asked("comments")), (1, 1), "{loaded:?}");
}

#[tokio::test]
async fn what_is_typed_and_sent_before_the_whole_card_is_there_is_sent_by_it() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the conversation is there", "return $('.empty')").await;
    assert!(is_first(card).await);
    stage.cdn.whole.close();
    card.run("$('#name').focus()", vec![]).await;
    reader.keys("هند").await;
    card.run("$('#body').focus()", vec![]).await;
    reader.keys("كُتب قبل أن تأتي").await;
    let kept = "return Object.entries(localStorage).filter(([key]) => key.startsWith('maqal:draft:')).map(([, value]) => value)";
    assert_eq!(reader.run(kept, vec![]).await, json!([r#"{"body":"كُتب قبل أن تأتي"}"#]), "it is kept with each key");
    card.run("$('button.send').click()", vec![]).await;
    assert!(is_first(card).await);
    stage.cdn.whole.open();
    until_whole(card).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, ["كُتب قبل أن تأتي"]);
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn the_keyboard_and_the_caret_stay_where_they_were() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the conversation is there", "return $('.empty')").await;
    stage.cdn.whole.close();
    card.run("$('#body').focus()", vec![]).await;
    reader.keys("سطر طويل").await;
    card.run("$('#body').setSelectionRange(3, 3)", vec![]).await;
    stage.cdn.whole.open();
    until_whole(card).await;
    let there = "const { id, selectionStart, selectionEnd, value } = root.activeElement; return [id, selectionStart, selectionEnd, value]";
    assert_eq!(card.run(there, vec![]).await, json!(["body", 3, 3, "سطر طويل"]));
    reader.keys("ٌ").await;
    assert_eq!(card.value("#body").await, "سطرٌ طويل");
}

#[tokio::test]
async fn a_press_is_not_lost_and_a_text_that_unfolds_brings_nothing() {
    let stage = Stage::start().await;
    stage.host.put("/long.json", article::long_json_ld().to_string());
    stage.endpoint.fill(THREAD, 2).await;
    let endpoint = stage.proxy.endpoint();
    stage.put_page("/", &stage.card(&format!(r#"src="/long.json" endpoint="{endpoint}" thread="{THREAD}""#), ""));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the comments are there", "return $$('.comment').length === 2").await;
    card.press(".fold .more").await;
    card.until("the rest shows", "return shown($('.rest-of-text :last-child')) && !$('.fold')").await;
    assert!(is_first(card).await, "reading on brings nothing");
    card.press(".like").await;
    card.until("it is liked", "return $('.like').getAttribute('aria-pressed') === 'true'").await;
    assert!(!is_first(card).await);
    assert_eq!(card.run("return shown($('.rest-of-text :last-child')) && !$('.fold')", vec![]).await, json!(true));
}

#[tokio::test]
async fn a_press_is_not_lost_either_while_there_are_no_comments_yet() {
    let stage = Stage::start().await;
    stage.proxy.gate.close();
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the article is there", "return $('.first .title')").await;
    card.run("$('.comfort .tool').click()", vec![]).await;
    card.until("the menu is open", "return shown($('.comfort-menu'))").await;
    stage.proxy.gate.open();
    card.until_empty().await;
    assert_eq!(reader.heard_of("maqal:count").await, [json!({ "thread": THREAD, "total": 0 })]);
}

#[tokio::test]
async fn the_words_of_a_picture_that_does_not_come_stand_in_its_place() {
    let stage = Stage::start().await;
    let alt = "أسوار الصويرة عند الغروب";
    let image = json!({ "@type": "ImageObject", "url": "/none.jpg", "description": alt, "width": 1200, "height": 600 });
    let mut article = article::json_ld();
    article["image"] = image;
    stage.host.put("/pictured.json", article.to_string());
    let endpoint = stage.proxy.endpoint();
    stage.put_page("/", &stage.card(&format!(r#"src="/pictured.json" endpoint="{endpoint}" thread="{THREAD}""#), ""));
    let reader = stage.reader().await;
    reader.card("maqal-card").until_text(".hero.missing", alt).await;
}

#[tokio::test]
async fn a_reader_whose_network_is_gone_is_told_so_and_nothing_is_lost() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the conversation is there", "return $('.empty')").await;
    stage.cdn.shut().await;
    card.run("$('#name').focus()", vec![]).await;
    reader.keys("هند").await;
    card.run("$('#body').focus()", vec![]).await;
    reader.keys("كُتب في النفق").await;
    card.run("$('button.send').click()", vec![]).await;
    card.until_text(".composer .note", "حُفظت المسودّة").await;
    stage.cdn.open().await;
    reader.run("dispatchEvent(new Event('online'))", vec![]).await;
    until_whole(card).await;
    card.until_comments(1).await;
    assert_eq!(card.texts(".comment .say").await, ["كُتب في النفق"]);
}

#[tokio::test]
async fn what_happens_in_the_conversation_brings_the_card_that_shows_it() {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, 1).await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until("the comment is there", "return $$('.comment').length === 1").await;
    card.run("$('.talk').scrollIntoView()", vec![]).await;
    assert!(is_first(card).await);
    stage.endpoint.post(THREAD, "قارئ آخر", "كتبتُ في الأثناء", "another-readers-key-0001").await;
    card.until_text(".fresh button", "تعليق").await;
    assert!(!is_first(card).await);
}
