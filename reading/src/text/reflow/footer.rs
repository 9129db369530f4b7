//! The lines that blog platforms add after an article, and that a copied page brings along.

use super::lines::{End, Line};

/// The index of the first of the footer's lines at the end of `lines`; their number where there is no footer, or
/// nothing but a footer.
///
/// Only whole lines count, and only at the end: prose that speaks of comments stays. A line that could as well be the
/// last words of a paragraph counts only when a blank line, the end of a sentence, or another footer line stands before it.
pub(super) fn start(lines: &[Line]) -> usize {
    let mut start = lines.len();
    // The topmost line that belongs to the footer beyond doubt.
    let mut sure = lines.len();
    while let Some(at) = start.checked_sub(1) {
        let (line, before) = (&lines[at], at.checked_sub(1).map(|before| &lines[before]));
        let Some(kind) = kind(line.text) else { break };
        start = at;
        let apart = line.blank_before || before.is_some_and(|before| matches!(before.end, End::Full | End::Quoted));
        if kind == Kind::Plain || apart {
            sure = at;
        }
    }
    if sure == 0 { lines.len() } else { sure }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing else is written so.
    Plain,
    /// Words that prose has too.
    Words,
}

fn kind(text: &str) -> Option<Kind> {
    // Longer than any of them, labels aside.
    if text.len() > 400 {
        return None;
    }
    let text = fold(text);
    let plain = |found: bool| found.then_some(Kind::Plain);
    let words = |found: bool| found.then_some(Kind::Words);
    plain(PLAIN.contains(&text.as_str()))
        .or_else(|| plain(is_count(&text)))
        .or_else(|| words(WORDS.contains(&text.as_str())))
        .or_else(|| words(PREFIXES.iter().any(|prefix| text.starts_with(prefix))))
}

/// «3 تعليقات:», "12 comments:".
fn is_count(text: &str) -> bool {
    let number = text.trim_start_matches(char::is_numeric);
    number.len() < text.len()
        && matches!(
            number.trim_start(),
            "تعليقات:"
                | "تعليقا:"
                | "تعليق:"
                | "comments:"
                | "comment:"
                | "commentaires:"
                | "commentaire:"
                | "نظر:"
                | "תגובות:"
        )
}

/// `text` as the lists below have it: without marks, tatweel and invisible characters, in lower case, single-spaced.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{064B}'..='\u{0652}' | 'ـ' => {}
            'أ' | 'إ' | 'آ' => out.push('ا'),
            _ if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            _ if maqal_contract::unicode::is_invisible(c) => {}
            _ => out.push(c.to_ascii_lowercase()),
        }
    }
    // The space before a colon, as in French.
    if out.ends_with(" :") {
        out.truncate(out.len() - 2);
        out.push(':');
    }
    out
}

/// Blogger's, and nobody else's.
const PLAIN: &[&str] = &[
    "ليست هناك تعليقات:",
    "لا توجد تعليقات:",
    "هناك تعليق واحد:",
    "تعليق واحد:",
    "تعليقان (2):",
    "تعليقان:",
    "no comments:",
    "aucun commentaire:",
    "هیچ نظری موجود نیست:",
    "کوئی تبصرے نہیں:",
    "אין תגובות:",
    "كتابة مدونة حول هذه المشاركة",
    "ارسال بالبريد الالكترونيكتابة مدونة حول هذه المشاركة",
    "المشاركة على x",
    "المشاركة على twitter",
    "المشاركة في twitter",
    "المشاركة على تويتر",
    "المشاركة في facebook",
    "المشاركة على facebook",
    "المشاركة على فيسبوك",
    "المشاركة على pinterest",
    "الاشتراك في: تعليقات الرسالة (atom)",
    "الاشتراك في: الرسائل (atom)",
    "يتم التشغيل بواسطة blogger",
    "يتم التشغيل بواسطة blogger.",
    "عرض اصدار الويب",
    "عرض اصدار الجوال",
    "blogthis!",
    "email this",
    "share to x",
    "share to twitter",
    "share to facebook",
    "share to pinterest",
    "subscribe to: post comments (atom)",
    "powered by blogger.",
    "powered by blogger",
    "view web version",
    "view mobile version",
    "post a comment",
    "enregistrer un commentaire",
];

/// Theirs, and everybody's.
const WORDS: &[&str] = &[
    "ليست هناك تعليقات",
    "لا توجد تعليقات",
    "ارسال تعليق",
    "نشر تعليق",
    "اضافة تعليق",
    "اضف تعليقا",
    "اترك تعليقا",
    "مشاركة",
    "المشاركة",
    "شارك",
    "شارك هذا الموضوع:",
    "شارك هذه المقالة",
    "ارسال بالبريد الالكتروني",
    "بريد الكتروني",
    "الحصول على الرابط",
    "التطبيقات الاخرى",
    "رسالة احدث",
    "رسالة اقدم",
    "رسائل احدث",
    "رسائل اقدم",
    "مشاركة احدث",
    "مشاركة اقدم",
    "الصفحة الرئيسية",
    "طباعة",
    "فيسبوك",
    "تويتر",
    "واتساب",
    "no comments",
    "leave a comment",
    "leave a reply",
    "share",
    "share this:",
    "get link",
    "other apps",
    "facebook",
    "twitter",
    "x",
    "pinterest",
    "email",
    "whatsapp",
    "print",
    "newer post",
    "older post",
    "newer posts",
    "older posts",
    "home",
    "partager",
    "article plus recent",
    "article plus ancien",
    "accueil",
    "ارسال یک نظر",
    "ایک تبصرہ شائع کریں",
    "הוסף רשומת תגובה",
];

/// What precedes a list of labels, or a name and a time.
const PREFIXES: &[&str] = &["التسميات:", "تسميات:", "labels:", "libellés:", "مرسلة بواسطة ", "posted by "];

#[cfg(test)]
mod tests {
    use super::start;
    use crate::text::reflow::lines::split;

    const PROSE: &str = "عاد الماء إلى الخطّارة بعد عشرين عامًا.";

    fn kept(text: &str) -> usize {
        start(&split(text))
    }

    #[test]
    fn the_footer_of_a_blog_is_found_at_the_end() {
        for footer in [
            "ليست هناك تعليقات:\nإرسال تعليق",
            "\nليست هناك تعليقات:\n\nإرسال تعليق\n",
            "إرسال تعليق",
            "مشاركة",
            "\n3 تعليقات:\n",
            "٣ تعليقات:",
            "إرسال بالبريد الإلكتروني\nكتابة مدونة حول هذه المشاركة\nالمشاركة على X\nالمشاركة في Facebook\nالمشاركة على Pinterest\nالتسميات: واحات، ماء\nليست هناك تعليقات:\nإرسال تعليق\nرسالة أحدث\nرسالة أقدم\nالصفحة الرئيسية\nالاشتراك في: تعليقات الرسالة (Atom)",
            "No comments:\nPost a Comment\nNewer Post\nOlder Post\nHome",
            "Labels: oasis, water\n1 comment:",
            "Aucun commentaire :\nEnregistrer un commentaire",
            "\u{200F}ليست هناك تعليقات:\u{200F}\nإرسـال تعليـق",
            "الحصول على الرابط\nFacebook\nX\nPinterest\nبريد إلكتروني\nالتطبيقات الأخرى",
        ] {
            assert_eq!(kept(&format!("{PROSE}\n{footer}")), 1, "{footer}");
        }
    }

    #[test]
    fn prose_with_the_same_words_stays() {
        for text in [
            "إرسال تعليق\nعاد الماء.",
            "عاد الماء.\nليست هناك تعليقات:\nثم كثرت.",
            "ليست هناك تعليقات: هكذا قال الوزير ومضى.",
            "يمكن لكل قارئ من قرّاء هذه الصفحة\nإرسال تعليق",
            "زاروا المدينة ثم عادوا إلى\nالصفحة الرئيسية",
            "عاد الماء.\nنرجو مشاركة المقال.",
            "We went\nhome",
        ] {
            assert_eq!(kept(text), text.lines().count(), "{text}");
        }
    }

    #[test]
    fn a_text_of_nothing_but_a_footer_is_kept() {
        assert_eq!(kept("ليست هناك تعليقات:\nإرسال تعليق"), 2);
    }
}
