//! An article of our own for the tests, in the two formats that a source has.

use serde_json::{Value, json};

/// Its title.
pub const TITLE: &str = "مكتبة متنقّلة تصل إلى دواوير الأطلس";

/// Its author.
pub const AUTHOR: &str = "نادية الفاسي";

/// Its paragraphs.
pub const PARAGRAPHS: [&str; 3] = [
    "كلّ ثلاثاء، قبل أن يرتفع الضباب عن الوادي، تصعد حافلة زرقاء صغيرة الطريق الملتوية نحو الدواوير العالية، وفي رفوفها ألف كتاب.",
    "يقول السائق إن الأطفال يعرفون صوت المحرّك من بعيد، فيخرجون إلى الساحة قبل وصوله، وفي أيديهم الكتب التي استعاروها في الأسبوع الماضي.",
    "ولا تطلب المكتبة من قرّائها بطاقة ولا رسمًا: يكفي أن يكتب القارئ اسمه في الدفتر الكبير، وأن يعيد الكتاب كما أخذه.",
];

/// As schema.org's `NewsArticle` in JSON-LD.
#[must_use]
pub fn json_ld() -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": { "@type": "Person", "name": AUTHOR },
        "datePublished": "2026-10-20",
        "inLanguage": "ar",
        "articleBody": PARAGRAPHS.join("\n\n"),
    })
}

/// As schema.org's `NewsArticle` in JSON-LD, with a plain text that is folded.
#[must_use]
pub fn long_json_ld() -> Value {
    let text: Vec<_> = PARAGRAPHS.into_iter().cycle().take(24).collect();
    with_body(&text.join("\n\n"))
}

/// A text that is folded: so many paragraphs in HTML, some 25 words each.
#[must_use]
pub fn paragraphs(count: usize) -> String {
    PARAGRAPHS.iter().cycle().take(count).map(|text| format!("<p>{text}</p>\n")).collect()
}

/// As schema.org's `NewsArticle`, with `body` for its text.
#[must_use]
pub fn with_body(body: &str) -> Value {
    let mut article = json_ld();
    article["articleBody"] = body.into();
    article
}

/// As plain text.
#[must_use]
pub fn plain_text() -> String {
    format!("{TITLE}\n\n{}\n", PARAGRAPHS.join("\n\n"))
}

/// As the element's own children.
#[must_use]
pub fn light_dom() -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    format!("<article><h1>{TITLE}</h1>{paragraphs}</article>")
}
