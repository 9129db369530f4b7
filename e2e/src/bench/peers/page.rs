//! The page around each widget: the same article above, its comments below.

/// The name that the article's paragraphs are told from everything else by.
const TITLE: &str = "مكتبة على الرصيف";

/// With how many paragraphs the article is a screen and a half of a telephone.
pub const USUAL_PARAGRAPHS: usize = 5;

const PARAGRAPHS: [&str; 5] = [
    "فتحت مكتبة صغيرة أبوابها هذا الصباح قرب المرسى القديم، في مكان كان قبل سنوات مخزنًا لشباك الصيد. على الرفوف ثلاثة آلاف كتاب، جمعها أهل الحي من بيوتهم في شتاء واحد.",
    "تقول صاحبة الفكرة إن أول ما تعلمته هو أن القراءة لا تحتاج إلى بناية. يكفي مقعد في الظل، وكتاب لا يسأل أحد متى يعود. وقد عادت الكتب كلها تقريبًا، وعاد معها ما لم يكن في الحسبان.",
    "في المساء يجلس الصيادون أمام الباب، يقرأ أحدهم للآخرين. وفي الصباح يمر التلاميذ قبل المدرسة، فيتركون كتابًا ويأخذون غيره. لا بطاقات هنا ولا مواعيد، إلا دفترًا يكتب فيه من شاء ما شاء.",
    "تكلف المكتبة في الشهر ما تكلفه وجبة عشاء لعائلة، يدفعها مقهى الميناء. أما الخشب فمن قوارب لم تعد تبحر، وأما الرفوف فصنعها نجار تقاعد قبل أن يجد ما يصنعه.",
    "ليست هذه أول مكتبة على رصيف، ولن تكون الأخيرة. لكنها تذكّر بأن ما ينقص المدن في الغالب ليس المال، بل من يضع أول كرسي في الظل ثم يجلس وينتظر.",
];

/// What a site's page says of itself to programs.
#[must_use]
pub fn json_ld() -> String {
    let article = serde_json::json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "author": { "@type": "Person", "name": "نعيمة الفاسي" },
        "datePublished": "2026-11-14T09:30:00Z",
        "inLanguage": "ar",
    });
    format!("<script type=\"application/ld+json\">{article}</script>")
}

/// The article, in plain HTML.
#[must_use]
pub fn article(paragraphs: usize) -> String {
    let text: String =
        (0..paragraphs).map(|number| format!("<p>{}</p>\n", PARAGRAPHS[number % PARAGRAPHS.len()])).collect();
    format!("<article>\n<h1>{TITLE}</h1>\n{text}</article>")
}

/// A page: `head` belongs to the widget, and `body` is all that stands on it.
#[must_use]
pub fn page(head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}</title>
<link rel="icon" href="data:,">
<style>body {{ margin: 0 auto; max-width: 40rem; padding: 1rem; font: 1.1875rem/1.8 serif }} h1 {{ font-size: 1.75rem; line-height: 1.4 }}</style>
{head}
</head>
<body>
{body}
</body>
</html>
"#
    )
}

/// The page of a widget that shows comments only: the article is the page's own, and `below` comes after it.
#[must_use]
pub fn around(head: &str, paragraphs: usize, below: &str) -> String {
    page(&format!("{}\n{head}", json_ld()), &format!("{}\n{below}", article(paragraphs)))
}

#[cfg(test)]
mod tests {
    use super::{USUAL_PARAGRAPHS, around, article};

    #[test]
    fn an_article_has_as_many_paragraphs_as_are_asked_for() {
        assert_eq!(article(12).matches("<p>").count(), 12);
        let page = around("", USUAL_PARAGRAPHS, "<div id=below></div>");
        assert!(page.find("</article>") < page.find("id=below"));
    }
}
