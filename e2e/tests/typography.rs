//! Type after W3C's Arabic layout requirements (alreq), measured where it is set: characters in a line, ink in its line
//! box, emphasis, quotation marks, digits.

use maqal_e2e::browser::Browser;
use maqal_e2e::stage::Stage;
use serde_json::{Value, json};

/// Each language with a paragraph of its own.
const TEXTS: [(&str, &str); 7] = [
    (
        "ar",
        "يعلّق الحارس مصباحه عند باب المخزن قبل الفجر، ثم يمشي بين القوارب القديمة ويصغي إلى خشبها كما يصغي الطبيب إلى صدر مريض. الخشب الذي عاش في البحر لا يموت حين يخرج منه بل يعطش، ولهذا لا تُطفأ أجهزة الترطيب في القاعات ليلًا ولا نهارًا، ولا تُفتح النوافذ في أيام الريح الشرقية مهما اشتدّ الحرّ على الزائرين.",
    ),
    (
        "fa",
        "هفده قایق از سقف انبار نمک قدیمی در انتهای اسکله آویزان است. هیچ‌کدام دیگر به دریا نمی‌رود و همه تشنه‌اند: چوبی که در دریا زیسته با بیرون آمدن از آب نمی‌میرد، خشک می‌شود. نگهبانان پیش از باز شدن درها با چراغ و دفترچه‌ای از میانشان می‌گذرند و برای هر کدام یک عدد می‌نویسند.",
    ),
    (
        "ur",
        "گودی کے آخر میں نمک کے پرانے گودام کی چھت سے سترہ کشتیاں لٹک رہی ہیں۔ ان میں سے کوئی دوبارہ نہیں تیرے گی، مگر سب پیاسی ہیں: جو لکڑی سمندر میں رہی ہو وہ پانی سے نکل کر مرتی نہیں، سوکھتی ہے۔ نگران صبح دروازے کھلنے سے پہلے چراغ اور کاپی لے کر ان کے درمیان سے گزرتی ہیں۔",
    ),
    (
        "ckb",
        "حەڤدە بەلەم لە بنمیچی کۆگای خوێی کۆن لە کۆتایی بەندەرەکە هەڵواسراون. هیچیان جارێکی تر ناچنە دەریا و هەموویان تینوون: ئەو دارەی لە دەریادا ژیاوە کاتێک لە ئاو دێتە دەرەوە نامرێت، وشک دەبێتەوە. پاسەوانەکان پێش کردنەوەی دەرگاکان بە چرا و دەفتەرێکەوە بە نێوانیاندا دەڕۆن.",
    ),
    (
        "he",
        "שבע עשרה סירות תלויות מתקרת מחסן המלח הישן שבקצה הרציף. אף אחת מהן לא תפליג עוד, וכולן צמאות: עץ שחי בים אינו מת כשהוא יוצא מן המים, הוא מתייבש. השומרות עוברות ביניהן לפני שעת הפתיחה עם פנס ומחברת, ורושמות לכל אחת מספר אחד בלבד, יום אחר יום, שנה אחר שנה.",
    ),
    (
        "en",
        "Seventeen boats hang from the ceiling of a former salt store at the end of the quay. None of them will sail again, and all of them are thirsty: wood that has lived in the sea does not die when it leaves the water, it dries. The keepers walk between them before opening time with a torch and a notebook.",
    ),
    (
        "fr",
        "Dix-sept barques pendent au plafond d’un ancien magasin à sel, au bout du quai. Aucune ne reprendra la mer, et toutes ont soif : le bois qui a vécu dans l’eau ne meurt pas quand il en sort, il sèche. Les gardiennes passent entre elles avant l’ouverture, une lampe et un carnet à la main.",
    ),
];

/// How many characters as a reader counts them stand in each line of the paragraph, less the last one.
const CHARACTERS: &str = "const lines = new Map(), range = document.createRange();
const text = $('.body p').firstChild;
for (const { index, segment } of new Intl.Segmenter().segment(text.data)) {
    range.setStart(text, index);
    range.setEnd(text, index + segment.length);
    const box = range.getClientRects()[0];
    if (!box) continue;
    const line = Math.round((box.top + box.bottom) / 16);
    lines.set(line, (lines.get(line) ?? 0) + 1);
}
return [...lines.values()].slice(0, -1)";

/// How high the ink of a line is, in parts of its line box, for each of the elements that hold text, at the font that is
/// used there. Beyond 1 the marks of one line would reach into those of the next.
const INK: &str = "const context = document.createElement('canvas').getContext('2d');
return args[1].map((css) => {
    const element = $$(css).at(-1), style = getComputedStyle(element);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const ink = context.measureText(args[0]);
    return [css, (ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent) / parseFloat(style.lineHeight)];
})";

async fn shown(stage: &Stage, reader: &Browser, lang: &str, article: &Value) {
    stage.host.put("/typed.json", article.to_string());
    let attributes = format!(r#"src="/typed.json" lang="{lang}" endpoint="{}" thread="t""#, stage.proxy.endpoint());
    stage.put_page("/", &stage.card(&attributes, ""));
    reader.open(&stage.host.url("/")).await;
    reader
        .card("maqal-card")
        .until("the card is there", "return shown($('.title')) && (shown($('.empty')) || shown($('.say')))")
        .await;
}

fn article(language: &str, headline: &str, body: &str) -> Value {
    json!({ "@type": "NewsArticle", "headline": headline, "description": format!("{headline} · {headline}"), "inLanguage": language,
        "articleBody": body, "author": [{ "name": "سلمى" }, { "name": "Julie" }] })
}

#[tokio::test]
async fn a_line_has_60_to_75_characters_where_there_is_room() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    for (language, text) in TEXTS {
        for width in [1100, 1400] {
            reader.view(width, 900, false).await;
            shown(&stage, &reader, language, &article(language, "—", &format!("<p>{text} {text}</p>"))).await;
            let lines = reader.card("maqal-card").run(CHARACTERS, vec![]).await;
            let lines: Vec<f64> = lines.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
            assert!(lines.len() >= 4, "{language}: {lines:?}");
            let mean = lines.iter().sum::<f64>() / lines.len() as f64;
            assert!((60.0..=75.0).contains(&mean), "{language} at {width} px: {mean} in {lines:?}");
        }
    }
}

#[tokio::test]
async fn lines_clear_the_marks_above_and_under_their_letters() {
    /// Where texts stand, which may be verses with every mark there is.
    const TEXT: [&str; 6] = [".title", ".lead", ".body p", ".body h3", ".say", "#body"];
    /// Where names and labels stand, which may have vowels.
    const UI: [&str; 6] = [".names", ".dates", ".composer label", ".talk-title", ".who .name", ".comfort-menu"];
    let stage = Stage::start().await;
    stage.endpoint.post("t", "سلمى", "نصّ", "00000000-0000-4000-8000-000000000001").await;
    let reader = Browser::start().await;
    for (language, marks, vowels) in [
        ("ar", "إِنَّآ ٱللَّٰهُ لِّلٍّ", "مُحَمَّدٌ إِلَى سَلْمَى"),
        ("fa", "إِنَّآ ٱللَّٰهُ لِّلٍّ گِچ", "مُحَمَّد گِچی"),
        ("ckb", "إِنَّآ ٱللَّٰهُ لِّلٍّ ڵێڕۆ", "ڵێڕۆ چێگۆ"),
        ("ur", "اِنَّآ ٹھیڑے گے چچے", "ٹھیڑے گے چچے"),
        ("he", "בְּרֵאשִׁית לֹּךְ", "בְּרֵאשִׁית"),
        ("en", "Éjg Åỹ", "Ég Åjq"),
    ] {
        for width in [320, 1100] {
            reader.view(width, 900, false).await;
            let body = format!("<p>{marks}</p><h2>{marks}</h2>");
            shown(&stage, &reader, language, &article(language, marks, &body)).await;
            let card = reader.card("maqal-card");
            let ui = card.run(INK, vec![json!(vowels), json!(UI)]).await;
            let text = card.run(INK, vec![json!(marks), json!(TEXT)]).await;
            for place in [ui, text].iter().flat_map(|places| places.as_array().unwrap()) {
                let part = place[1].as_f64().unwrap();
                assert!(part <= 1.0, "{language} at {width} px: {place}");
                assert!(part > 0.2, "the ink is measured: {place}");
            }
        }
    }
}

#[tokio::test]
async fn emphasis_is_weight_in_joined_scripts_and_true_italics_in_latin_ones() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let body = "<p>نصّ <em id=a>مؤكّد</em> و<bdi lang=en>an <em>English one</em></bdi> <cite>كتاب</cite>.</p>\
                <p>An English paragraph with <i>emphasis</i>.</p><p>مـــدّ</p>";
    shown(&stage, &reader, "ar", &article("ar", "عنوان", body)).await;
    let card = reader.card("maqal-card");
    let script = "return $$('.body :is(em, i, cite)').map((element) => {
        const style = getComputedStyle(element);
        return [element.textContent, style.fontStyle, style.fontWeight, style.fontSynthesisStyle];
    })";
    assert_eq!(
        card.run(script, vec![]).await,
        json!([
            ["مؤكّد", "normal", "600", "none"],
            ["English one", "italic", "400", "none"],
            ["كتاب", "normal", "400", "none"],
            ["emphasis", "italic", "400", "none"]
        ])
    );
    assert_eq!(card.texts(".body p:last-of-type").await, ["مـــدّ"], "what an author stretches stays stretched");
    for (css, property, value) in [
        (".body p", "letter-spacing", "normal"),
        (".title", "letter-spacing", "normal"),
        (".body p", "text-align", "start"),
        (".body p", "hyphens", "manual"),
    ] {
        assert_eq!(card.style(css, property).await, value, "{css} {property}");
    }
}

#[tokio::test]
async fn quotation_marks_and_commas_are_those_of_the_language() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    for (language, quotes, comma) in [
        ("ar", "«\" \"»\"", "، "),
        ("fa", "«\" \"»\"", "، "),
        ("ur", "”\" \"“\"", "، "),
        ("ckb", "«\" \"»\"", "، "),
        ("he", "”\" \"”\"", ", "),
        ("en", "“\" \"”\"", ", "),
        ("fr", "«\u{202f}\" \"\u{202f}»\"", ", "),
        ("tr", "“\" \"”\"", ", "),
    ] {
        shown(&stage, &reader, language, &article(language, "—", "<p><q lang=de>…</q></p>")).await;
        let card = reader.card("maqal-card");
        let used = card.style(".body q", "quotes").await;
        assert!(used.starts_with(&format!("\"{quotes}")), "{language}: {used}");
        let between = card.run("return getComputedStyle($$('.author')[1], '::before').content", vec![]).await;
        assert_eq!(between, json!(format!("\"{comma}\"")), "{language}");
    }
}

#[tokio::test]
async fn the_digits_of_lists_are_those_of_numbers() {
    let stage = Stage::start().await;
    let reader = Browser::start().await;
    let tags = ["ar", "ar-EG", "ar-MA", "ar-DZ", "ar-TN", "ar-SA", "fa", "ur", "ckb", "he", "en", "fr", "tr"];
    for tag in tags {
        shown(&stage, &reader, tag, &article(tag, "—", "<ol><li>x</li></ol>")).await;
        let card = reader.card("maqal-card");
        // Arabic without a region is set in Arabic digits, as is Kurdish, which browsers may not know.
        let asked = match tag {
            "ar" | "ckb" => "ar-EG",
            tag => tag,
        };
        let of_numbers = card.run("return new Intl.NumberFormat(args[0]).format(1)", vec![json!(asked)]).await;
        let of_lists = match card.style(".body ol", "list-style-type").await.as_str() {
            "arabic-indic" => "١",
            "persian" => "۱",
            "decimal" => "1",
            other => panic!("{tag}: {other}"),
        };
        assert_eq!(of_numbers, json!(of_lists), "{tag}");
    }
}
