//! The outbox among the tabs of one browser, and what its reader can do with a comment that does not get through. The
//! other tab is a frame of the same origin: its changes of the storage and its locks reach this page as a tab's do.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use js_sys::Promise;
use support::{
    TestCard, answer, answer_json, ask_for_pause, break_network, clear_storage, comment, fire, page, pass_time, seen,
    settle, stall, timer_runs,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlTextAreaElement;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const frame = document.createElement("iframe");
frame.hidden = true;
document.body.append(frame);
const other = frame.contentWindow;
const held = new Map();

export function other_keeps(key, value) { other.localStorage.setItem(key, value); }
export function other_forgets(key) { other.localStorage.removeItem(key); }
export function other_takes(name) {
  return new Promise((taken) => other.navigator.locks.request(name, () => {
    taken();
    return new Promise((release) => held.set(name, release));
  }));
}
export function other_leaves(name) { held.get(name)(); held.delete(name); }

// Pauses are the shortest of their kind.
Math.random = () => 0;

let copied = null;
export function clipboard(works) {
  const write = async (text) => { if (!works) throw new Error("denied"); copied = text; };
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: write } });
}
export function on_clipboard() { return copied; }

export function may_leave() {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return !event.defaultPrevented;
}

const { request } = LockManager.prototype;
export function keep_locks_back(back) {
  LockManager.prototype.request = back ? () => new Promise(() => {}) : request;
}

export function note_when_sent(host) {
  const { fetch } = window;
  return new Promise((sent) => {
    window.fetch = (request, ...rest) => {
      if (request.method === "POST") {
        window.fetch = fetch;
        sent(host.shadowRoot.querySelectorAll(".pending").length);
      }
      return fetch(request, ...rest);
    };
  });
}

const set = Storage.prototype.setItem;
export function deny_storage(denied) {
  Storage.prototype.setItem = denied ? () => { throw new DOMException("no room", "QuotaExceededError"); } : set;
}
"#)]
extern "C" {
    fn other_keeps(key: &str, value: &str);
    fn other_forgets(key: &str);
    fn other_takes(name: &str) -> Promise;
    fn other_leaves(name: &str);
    fn clipboard(works: bool);
    fn on_clipboard() -> Option<String>;
    fn may_leave() -> bool;
    fn deny_storage(denied: bool);
    fn keep_locks_back(back: bool);
    fn note_when_sent(host: &web_sys::HtmlElement) -> Promise;
}

const RETRY: &str = "أعد المحاولة";
const EDIT: &str = "عدّل النص";
const COPY: &str = "انسخ النص";
const DISCARD: &str = "تخلَّ عنه";
const ELSEWHERE: &str = "يُرسل من نافذة أخرى…";

fn post(name: &str) -> String {
    format!("POST https://t.example/{name}")
}

/// The card as after a reload: only what the device keeps is left.
fn reopen(name: &str) -> TestCard {
    let endpoint = format!("https://t.example/{name}");
    TestCard::new(&[("endpoint", &endpoint), ("thread", "t")], "<h1>عنوان</h1><p>نصّ.</p>")
}

async fn ready(name: &str) -> TestCard {
    clear_storage();
    answer_json(&format!("GET https://t.example/{name}?"), 200, &page(&[], 0, None));
    let card = reopen(name);
    card.until("the composer", |c| c.count(".empty") == 1).await;
    card
}

/// A card with a comment that waits, and the name under which that is kept.
async fn waiting(name: &str, body: &str) -> (TestCard, String) {
    let card = ready(name).await;
    break_network(&post(name));
    card.write("ياسين", body);
    card.send();
    card.until("it waits", |c| c.count(".pending .note") == 1).await;
    (card, kept(name).pop().unwrap())
}

/// The names under which the device keeps unsent comments.
fn kept(name: &str) -> Vec<String> {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let names = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    let prefix = format!("maqal:outbox:https://t.example/{name} ");
    names.filter(|key| key.starts_with(&prefix)).collect()
}

fn stored(name: &str) -> String {
    web_sys::window().unwrap().local_storage().unwrap().unwrap().get_item(name).unwrap().unwrap()
}

/// What a tab keeps of a comment that was submitted there.
fn submitted(body: &str) -> String {
    format!(r#"{{"name":"ياسين","body":"{body}","at":1}}"#)
}

fn storage_key(name: &str, key: &str) -> String {
    format!("maqal:outbox:https://t.example/{name} t:{key}")
}

#[wasm_bindgen_test]
async fn what_another_tab_has_in_hand_is_not_sent_from_here() {
    let (card, name) = waiting("held", "واحد لا اثنان").await;
    JsFuture::from(other_takes(&name)).await.unwrap();
    let before = seen(&post("held")).len();
    answer_json(&post("held"), 201, &comment("1", "ياسين", "واحد لا اثنان"));
    card.press(".pending .note", RETRY);
    card.until("it is said", |c| c.text(".pending .tag") == ELSEWHERE).await;
    settle().await;
    assert_eq!(seen(&post("held")).len(), before);

    // The other tab got it through.
    other_forgets(&name);
    other_leaves(&name);
    card.until("it has left", |c| c.count(".pending") == 0).await;
    settle().await;
    assert_eq!(seen(&post("held")).len(), before, "and it is not sent again");
}

#[wasm_bindgen_test]
async fn a_comment_is_on_its_way_before_the_browser_gives_its_lock_and_before_it_shows() {
    let card = ready("soon").await;
    stall(&post("soon"));
    card.write("ياسين", "تعليق جديد");
    keep_locks_back(true);
    let shown_when_sent = note_when_sent(&card.host);
    card.send();
    assert_eq!(JsFuture::from(shown_when_sent).await.unwrap(), 0);
    card.until("it shows", |c| c.text(".pending .say") == "تعليق جديد").await;
    keep_locks_back(false);
}

#[wasm_bindgen_test]
async fn a_tab_takes_over_from_one_that_died_while_sending() {
    let (card, name) = waiting("died", "يتابعه غيري").await;
    JsFuture::from(other_takes(&name)).await.unwrap();
    card.press(".pending .note", RETRY);
    card.until("it is elsewhere", |c| c.text(".pending .tag") == ELSEWHERE).await;
    answer_json(&post("died"), 201, &comment("1", "ياسين", "يتابعه غيري"));
    other_leaves(&name);
    card.until("it is sent", |c| c.texts(".comment:not(.pending) .say") == ["يتابعه غيري"]).await;
    assert_eq!((card.count(".pending"), kept("died").len()), (0, 0));
}

#[wasm_bindgen_test]
async fn an_attempt_that_failed_in_another_tab_is_not_made_again_at_once() {
    let (card, name) = waiting("failed", "لا نستعجل").await;
    JsFuture::from(other_takes(&name)).await.unwrap();
    card.press(".pending .note", RETRY);
    card.until("it is elsewhere", |c| c.text(".pending .tag") == ELSEWHERE).await;
    let before = seen(&post("failed")).len();
    other_keeps(&name, &stored(&name).replace(r#""tried":1"#, r#""tried":2"#));
    other_leaves(&name);
    card.until("it waits", |c| c.text(".pending .tag") == "في انتظار الاتصال").await;
    settle().await;
    assert_eq!(seen(&post("failed")).len(), before);
}

#[wasm_bindgen_test]
async fn what_another_tab_sends_cannot_be_changed_here_and_that_is_said() {
    let (card, name) = waiting("taken", "لا يُعدَّل الآن").await;
    JsFuture::from(other_takes(&name)).await.unwrap();
    card.press(".pending .note", EDIT);
    card.until("it is said", |c| c.text(".talk > .sr").contains("فلا يمكن تغييره")).await;
    assert_eq!((card.body_field().value(), card.count(".pending")), (String::new(), 1));
    other_leaves(&name);
}

#[wasm_bindgen_test]
async fn a_comment_from_another_tab_stands_here_and_its_published_twin_takes_its_place() {
    let card = ready("sibling").await;
    let name = storage_key("sibling", "8e03978e-40d5-43e8-bc93-6894a57f9324");
    stall(&post("sibling"));
    JsFuture::from(other_takes(&name)).await.unwrap();
    other_keeps(&name, &submitted("من نافذة أخرى"));
    card.until("it stands", |c| c.texts(".pending .say") == ["من نافذة أخرى"]).await;
    assert_eq!(card.text(".pending .tag"), ELSEWHERE);

    answer_json("GET https://t.example/sibling/7", 200, &comment("7", "ياسين", "من نافذة أخرى"));
    other_keeps("maqal:own:https://t.example/sibling t:7", r#"{"secret":"s","until":null}"#);
    other_forgets(&name);
    other_leaves(&name);
    card.until("its twin", |c| c.count(".pending") == 0 && c.texts(".comment:not(.pending) .say") == ["من نافذة أخرى"])
        .await;
    assert!(seen(&post("sibling")).is_empty(), "it was the other tab's to send");
}

#[wasm_bindgen_test]
async fn a_draft_is_one_for_all_tabs() {
    let card = ready("one-draft").await;
    let key = "maqal:draft:https://t.example/one-draft t:";
    card.write("ياسين", "بدأت هنا");
    other_keeps(key, r#"{"body":"بدأت هنا، وأكملت هناك"}"#);
    card.until("what was typed elsewhere", |c| c.body_field().value() == "بدأت هنا، وأكملت هناك").await;
    other_forgets(key);
    card.until("what was sent elsewhere", |c| c.body_field().value().is_empty()).await;
}

#[wasm_bindgen_test]
async fn a_draft_that_was_handed_to_the_outbox_before_a_crash_is_no_draft_any_more() {
    let (card, name) = waiting("crash", "مرّة واحدة").await;
    let json = stored(&name);
    drop(card);
    other_keeps("maqal:draft:https://t.example/crash t:", r#"{"body":"مرّة واحدة\n"}"#);
    assert!(json.contains("مرّة واحدة"));
    let card = reopen("crash");
    card.until("it stands", |c| c.texts(".pending .say") == ["مرّة واحدة"]).await;
    assert_eq!(card.body_field().value(), "");
}

#[wasm_bindgen_test]
async fn a_pause_that_the_server_asked_for_outlives_a_reload() {
    let card = ready("pause").await;
    ask_for_pause(&post("pause"), "77");
    card.write("ياسين", "أنتظر كما طُلب");
    card.send();
    card.until("it waits", |c| c.count(".pending .note") == 1 && timer_runs(77_000)).await;
    drop(card);
    pass_time(77_000);
    answer_json(&post("pause"), 201, &comment("1", "ياسين", "أنتظر كما طُلب"));
    let card = reopen("pause");
    card.until("it stands", |c| c.text(".pending .note").contains("وسيُرسل تلقائيًّا")).await;
    fire(&web_sys::window().unwrap(), "online");
    settle().await;
    assert_eq!(seen(&post("pause")).len(), 1, "neither the visit nor the network shortens it");
    let left = (70..=77).find(|seconds| timer_runs(seconds * 1_000)).unwrap();
    pass_time(left * 1_000);
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1).await;
}

#[wasm_bindgen_test]
async fn unsent_replies_stand_under_what_they_answer_when_that_is_there() {
    clear_storage();
    let of = |id: &str| comment(id, "مريم", "سؤال");
    answer_json("GET https://t.example/under?thread=t&sort=newest", 200, &page(&[of("a"), of("b")], 3, Some("n")));
    break_network(&post("under"));
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    for (parent, last) in [("a", 1), ("a", 2), ("b", 3), ("late", 4)] {
        let reply =
            submitted(&format!("ردّ {last}")).replace(r#""at":1"#, &format!(r#""at":{last},"parent":"{parent}""#));
        storage.set_item(&storage_key("under", &format!("8e03978e-40d5-43e8-bc93-6894a57f932{last}")), &reply).unwrap();
    }
    let card = reopen("under");
    let under = |c: &TestCard, id: &str| c.texts(&format!(".top:has(> #c-{id}) > .replies .pending .say"));
    card.until("they wait", |c| c.count(".pending .note") == 4).await;
    let mut of_a = under(&card, "a");
    of_a.sort_unstable();
    assert_eq!((of_a, under(&card, "b")), (vec!["ردّ 1".into(), "ردّ 2".into()], vec!["ردّ 3".to_owned()]));

    answer_json("GET https://t.example/under?thread=t&sort=newest&after=n", 200, &page(&[of("late")], 3, None));
    card.click(".foot .rest");
    card.until("what comes later has its own", |c| under(c, "late") == ["ردّ 4"]).await;
    assert_eq!(card.count(".pending"), 4, "and it stands nowhere else");

    let sent = comment("r", "ياسين", "ردّ 3").replacen('{', r#"{"parent":"b","root":"b","#, 1);
    answer_json(&post("under"), 201, &sent);
    card.click(".top:has(> #c-b) > .replies .pending .note button");
    card.until("it is published", |c| c.texts(".top:has(> #c-b) > .replies .comment:not(.pending) .say") == ["ردّ 3"])
        .await;
    assert_eq!((under(&card, "a").len(), under(&card, "b").len(), under(&card, "late").len()), (2, 0, 1));
}

#[wasm_bindgen_test]
async fn an_unsent_reply_to_a_reply_that_comes_later_stands_under_it_and_nowhere_else() {
    clear_storage();
    let said = |id: &str, more: &str| comment(id, "مريم", "سؤال").replacen('{', &format!("{{{more},"), 1);
    let first = [said("a", r#""replies":2"#), said("b", r#""parent":"a","root":"a""#)];
    answer_json("GET https://t.example/deep?thread=t&sort=newest", 200, &page(&first, 3, None));
    stall(&post("deep"));
    let reply = submitted("ردّ").replace(r#""at":1"#, r#""at":1,"parent":"c""#);
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item(&storage_key("deep", "8e03978e-40d5-43e8-bc93-6894a57f9321"), &reply).unwrap();
    let card = reopen("deep");
    card.until("it is being sent", |c| c.count(".pending") == 1 && c.count(".more-replies") == 1).await;
    assert_eq!(card.count(".top .pending"), 0, "what it answers is not here yet");

    let rest = page(&[said("c", r#""parent":"a","root":"a""#)], 3, None);
    answer_json("GET https://t.example/deep?thread=t&root=a&after=b", 200, &rest);
    card.click(".more-replies");
    card.until("it stands under what it answers", |c| c.texts(":has(> #c-c) > .replies .pending .say") == ["ردّ"]).await;
    settle().await;
    assert_eq!(card.count(".pending"), 1, "and nowhere else");
}

#[wasm_bindgen_test]
async fn a_reply_whose_parent_has_gone_can_be_sent_as_a_comment_of_its_own() {
    clear_storage();
    answer_json("GET https://t.example/orphan?", 200, &page(&[], 0, None));
    let refusal =
        r#"{"type":"urn:maqal:problem:validation","status":422,"errors":[{"field":"parent","reason":"unknown"}]}"#;
    answer(&post("orphan"), 422, "application/problem+json", refusal);
    let stored = submitted("ردّ على ما حُذف").replace(r#""at":1"#, r#""at":1,"parent":"gone""#);
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item(&storage_key("orphan", "8e03978e-40d5-43e8-bc93-6894a57f9324"), &stored).unwrap();
    let card = reopen("orphan");
    card.until("the cause", |c| c.text(".pending .note").contains("لم يعد التعليق الذي تردّ عليه")).await;
    assert_eq!(card.body_field().value(), "", "the form for comments is not the place of a reply");

    answer_json(&post("orphan"), 201, &comment("1", "ياسين", "ردّ على ما حُذف"));
    card.press(".pending .note", "أرسله تعليقًا مستقلًّا");
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1 && c.count(".pending") == 0).await;
    let requests = seen(&post("orphan"));
    assert!(requests[0].contains(r#""parent":"gone""#) && !requests[1].contains("parent"), "{requests:?}");
    let keys: std::collections::BTreeSet<_> = requests.iter().filter_map(|line| line.split(' ').nth(2)).collect();
    assert_eq!(keys.len(), 2, "another comment has another key");
}

#[wasm_bindgen_test]
async fn what_the_host_vouches_for_waits_until_the_reader_is_known() {
    clear_storage();
    answer_json("GET https://t.example/unsigned?", 200, &page(&[], 0, None));
    let stored = submitted("باسمي في الموقع").replace(r#""at":1"#, r#""at":1,"is_vouched_for":true"#);
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.set_item(&storage_key("unsigned", "8e03978e-40d5-43e8-bc93-6894a57f9324"), &stored).unwrap();
    let card = reopen("unsigned");
    card.until("the sentence", |c| c.text(".pending .note").contains("سجّل الدخول إلى الموقع")).await;
    card.press(".pending .note", RETRY);
    settle().await;
    assert!(seen(&post("unsigned")).is_empty());
}

#[wasm_bindgen_test]
async fn its_text_can_be_copied_and_where_no_script_may_it_stands_selected() {
    let (card, _) = waiting("copy", "نصّ أريد حفظه\nفي مكان آخر").await;
    clipboard(true);
    card.press(".pending .note", COPY);
    card.until("it is said", |c| c.text(".talk > .sr") == "نُسخ النص").await;
    assert_eq!(on_clipboard().as_deref(), Some("نصّ أريد حفظه\nفي مكان آخر"));

    let (card, _) = waiting("by-hand", "أنسخه بيدي").await;
    clipboard(false);
    card.press(".pending .note", COPY);
    card.until("the text has the keyboard", |c| c.focused().is_some_and(|f| f.has_attribute("readonly"))).await;
    let field: HtmlTextAreaElement = card.focused().unwrap().unchecked_into();
    let selected = (field.selection_start().unwrap(), field.selection_end().unwrap());
    assert_eq!((field.value().as_str(), selected), ("أنسخه بيدي", (Some(0), Some(10))));
}

#[wasm_bindgen_test]
async fn it_is_discarded_only_after_a_second_word() {
    let (card, _) = waiting("discard", "لا أريده").await;
    card.press(".pending .note", DISCARD);
    card.until("the question", |c| c.text(".ask").contains("أتريد حذف هذا التعليق؟")).await;
    card.until("the keyboard", |c| c.focused().is_some_and(|f| f.text_content().as_deref() == Some("أبقِه"))).await;
    card.press(".ask", "أبقِه");
    card.until("it is kept", |c| c.count(".ask") == 0).await;
    assert_eq!(card.focused().and_then(|f| f.text_content()).as_deref(), Some(DISCARD), "back where it was");
    assert_eq!((card.count(".pending"), kept("discard").len()), (1, 1));

    card.press(".pending .note", DISCARD);
    card.until("the question", |c| c.focused().is_some_and(|f| f.text_content().as_deref() == Some("أبقِه"))).await;
    card.press(".ask", "احذفه");
    card.until("it has gone", |c| c.count(".pending") == 0).await;
    card.until("it is said", |c| c.text(".talk > .sr") == "حُذف التعليق الذي لم يُرسل.").await;
    card.until("the keyboard goes on", |c| c.focused().is_some()).await;
    drop(card);
    let card = reopen("discard");
    card.until("the composer", |c| c.count(".empty") == 1).await;
    assert_eq!(card.count(".pending"), 0);
}

#[wasm_bindgen_test]
async fn the_keyboard_stays_through_attempts_and_goes_on_at_the_published_comment() {
    let (card, _) = waiting("focus", "لوحة المفاتيح معي").await;
    let button = card.get(".pending .note button");
    button.clone().unchecked_into::<web_sys::HtmlElement>().focus().unwrap();
    let before = seen(&post("focus")).len();
    card.click(".pending .note button");
    card.until("another attempt", |_| seen(&post("focus")).len() > before).await;
    card.until("it failed too", |c| c.text(".pending .tag") == "في انتظار الاتصال").await;
    assert_eq!(card.focused().as_ref(), Some(&button), "the button under the reader's finger is the same");

    answer_json(&post("focus"), 201, &comment("1", "ياسين", "لوحة المفاتيح معي"));
    card.click(".pending .note button");
    card.until("the comment has it", |c| c.focused().is_some_and(|f| f.id() == "c-1")).await;
}

#[wasm_bindgen_test]
async fn a_host_that_clears_the_storage_takes_no_comment_with_it() {
    let (card, name) = waiting("cleared", "مسحه الموقع").await;
    clear_storage();
    card.press(".pending .note", RETRY);
    card.until("it is kept anew", |_| kept("cleared") == [name.clone()]).await;
    card.until("it waits", |c| c.text(".pending .tag") == "في انتظار الاتصال").await;
    answer_json(&post("cleared"), 201, &comment("1", "ياسين", "مسحه الموقع"));
    clear_storage();
    card.press(".pending .note", RETRY);
    card.until("it is sent", |c| c.texts(".comment:not(.pending) .say") == ["مسحه الموقع"]).await;
}

#[wasm_bindgen_test]
async fn the_browser_asks_before_a_text_goes_that_only_the_page_has() {
    let card = ready("guard").await;
    assert!(may_leave());
    deny_storage(true);
    card.write("ياسين", "لا مكان لي");
    card.until("the hint", |c| c.text(".kept").contains("لا يمكن حفظ المسودّة")).await;
    assert!(!may_leave(), "a draft is guarded");
    break_network(&post("guard"));
    card.send();
    card.until("the warning", |c| c.text(".pending .note").contains("لا تغلق الصفحة")).await;
    assert!(!may_leave(), "an unsent comment is guarded");
    answer_json(&post("guard"), 201, &comment("1", "ياسين", "لا مكان لي"));
    card.press(".pending .note", RETRY);
    card.until("it is sent", |c| c.count(".comment:not(.pending)") == 1 && c.count(".pending") == 0).await;
    deny_storage(false);
    assert!(may_leave(), "nothing is left to lose");
}

#[wasm_bindgen_test]
async fn what_could_not_be_kept_is_kept_as_soon_as_there_is_room() {
    let card = ready("room").await;
    deny_storage(true);
    break_network(&post("room"));
    card.write("ياسين", "سيُحفظ لاحقًا");
    card.send();
    card.until("the warning", |c| c.text(".pending .note").contains("لا تغلق الصفحة")).await;
    deny_storage(false);
    card.press(".pending .note", RETRY);
    card.until("it is kept", |c| kept("room").len() == 1 && c.text(".pending .note").contains("هو محفوظ هنا")).await;
}
