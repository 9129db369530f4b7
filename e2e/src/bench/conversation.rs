//! Conversations of any length, in the endpoint's own database, and as the endpoint tells of them.

use bytes::Bytes;
use http::Request;
use maqal_contract::idempotency::IDEMPOTENCY_KEY_HEADER;
use maqal_contract::{Comment, NewComment, Page};
use tokio::task::JoinSet;

use crate::client;
use crate::endpoint::{Endpoint, PATH};

/// How many submissions are under way at once.
const AT_ONCE: usize = 16;

/// One of so many comments is a reply.
const REPLY_EACH: usize = 5;

const NAMES: [&str; 8] =
    ["مريم الإدريسي", "ياسين", "أمّ إلياس", "سعيد الركراكي", "Julien M.", "خديجة ب.", "عبد الرحيم", "نعيمة الفاسي"];

const SENTENCES: [&str; 12] = [
    "قرأتُ المقال مرتين، وما زلت أبحث عن جواب للسؤال الأخير فيه.",
    "في مدينتنا مكتبة صغيرة فتحت أبوابها قبل عامين، وهي اليوم ممتلئة كل مساء.",
    "لا أوافق الكاتب في هذه النقطة: الأرقام وحدها **لا تكفي** لكي نحكم.",
    "شكرًا على هذا العمل، وأتمنى أن تعودوا إلى الموضوع بعد سنة.",
    "The second chart is hard to read on a phone; could you add the numbers?",
    "عملتُ في هذا المجال خمس عشرة سنة، ولم أرَ مشروعًا واحدًا وصل إلى نهايته في موعده.",
    "أين يمكن أن نجد النص الكامل للتقرير؟ الرابط لا يعمل عندي.",
    "> ما نحتاج إليه هو الوقت.\n\nصحيح، لكنّ الوقت له ثمن أيضًا.",
    "جرّبنا الفكرة نفسها في قريتنا، ونجحت حين شارك فيها الجميع.",
    "ثلاثة أشياء تنقص:\n\n- التمويل\n- المتابعة\n- الصبر",
    "كلام جميل ومتوازن، وقلّما نجد من يكتب عن الساحل بهذه المعرفة.",
    "أرجو من هيئة التحرير أن تصحّح التاريخ في الفقرة الرابعة.",
];

/// The text of the comment of this number: one to three sentences, no two alike.
fn body(number: usize) -> String {
    let sentence = |step: usize| SENTENCES[(number * 7 + step * 5 + number / 12) % SENTENCES.len()];
    let mut body = format!("{} ({number})", sentence(0));
    for step in 1..=number % 3 {
        body = format!("{body}\n\n{}", sentence(step));
    }
    body
}

/// Fills `thread` with `count` comments, of which a fifth are replies.
pub async fn fill(endpoint: &Endpoint, thread: &str, count: usize) {
    let replies = count / REPLY_EACH;
    let tops = add(endpoint, thread, 0..count - replies, &[]).await;
    add(endpoint, thread, count - replies..count, &tops).await;
}

/// Adds comments under some of `parents`, or at the top where there are none; gives their identifiers.
async fn add(endpoint: &Endpoint, thread: &str, numbers: std::ops::Range<usize>, parents: &[String]) -> Vec<String> {
    let (mut tasks, mut ids) = (JoinSet::new(), Vec::new());
    for number in numbers {
        if tasks.len() == AT_ONCE {
            ids.extend(tasks.join_next().await.transpose().expect("a submission does not panic"));
        }
        let new = NewComment {
            thread: thread.to_owned(),
            parent: parents.get(number * 31 % parents.len().max(1)).cloned(),
            name: NAMES[number % NAMES.len()].to_owned(),
            body: body(number),
            ..NewComment::default()
        };
        let request = Request::post(format!("{}{PATH}", endpoint.origin()))
            .header("Content-Type", "application/json")
            .header(IDEMPOTENCY_KEY_HEADER, format!("key-of-the-bench-{thread}-{number}"))
            .body(serde_json::to_vec(&new).expect("strings serialise").into())
            .expect("the request is one");
        tasks.spawn(async move {
            let answer = client::send(request).await.expect("the endpoint answers");
            let comment: Comment = serde_json::from_slice(answer.body())
                .unwrap_or_else(|error| panic!("{} {error}: {:?}", answer.status(), answer.body()));
            comment.id
        });
    }
    while let Some(id) = tasks.join_next().await {
        ids.push(id.expect("a submission does not panic"));
    }
    ids
}

/// The whole conversation, as the endpoint tells of it page by page.
pub async fn collect(endpoint: &Endpoint, thread: &str) -> Vec<Comment> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let cursor: String = after.map(|after| format!("&after={after}")).unwrap_or_default();
        let url = format!("{}{PATH}?thread={thread}&limit=100&replies=100{cursor}", endpoint.origin());
        let request = Request::get(url).body(Bytes::new()).expect("the request is one");
        let answer = client::send(request).await.expect("the endpoint answers");
        let page: Page = serde_json::from_slice(answer.body()).expect("the endpoint answers with a page");
        all.extend(page.comments);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}
