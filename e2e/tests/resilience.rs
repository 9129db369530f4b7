//! What happens when the widget itself breaks: the page, the other cards and all that was typed stay.

use maqal_e2e::article::{PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use maqal_e2e::{article, wait};
use serde_json::json;

const NAME: &str = "هند";
const TYPED: &str = "نصّ لم يُرسل بعد";

/// Has the card throw where the widget reads its text field, as a bug of ours or a hostile page would.
const BREAK: &str = "Object.defineProperty($('#body'), 'value', { get() { throw new Error('on purpose') } });
    $('#body').dispatchEvent(new Event('input', { bubbles: true }))";

/// Traps in the instance that the cards share, whosever fault it is: an address that no memory has.
const TRAP: &str = "const name = performance.getEntriesByType('resource').map((entry) => entry.name)
        .findLast((name) => name.includes('/maqal.js'));
    // By a script of the page: drivers' own cannot import everywhere.
    const script = document.createElement('script');
    script.type = 'module';
    script.textContent = `import(${JSON.stringify(name)})
        .then(({ Card }) => Card.prototype.attributeChanged.call({ __wbg_ptr: 0xfffffff0 }))
        .catch((error) => { window.trapped = String(error); })`;
    document.head.append(script)";

/// Two cards of one article, each with a conversation and with a text that has not been sent.
async fn two_cards(stage: &Stage) -> Browser {
    let endpoint = stage.proxy.endpoint();
    let cards: Vec<String> = ["first", "second"]
        .map(|id| {
            let attributes = format!(r#"id="{id}" src="{ARTICLE}" endpoint="{endpoint}" thread="{id}""#);
            stage.card(&attributes, &article::light_dom())
        })
        .into();
    stage.put_page("/", &format!("{}<p id='host'>المضيف</p>", cards.join("")));
    for id in ["first", "second"] {
        stage.endpoint.fill(id, 2).await;
    }
    let reader = stage.reader().await;
    for card in [reader.card("#first"), reader.card("#second")] {
        card.until_comments(2).await;
        card.write(NAME, TYPED).await;
    }
    reader
}

async fn assert_still_typed(card: Card<'_>) {
    assert_eq!((card.value("#name").await, card.value("#body").await), (NAME.into(), TYPED.into()));
}

/// The card shows its element's children, a sentence and a button.
async fn until_broken(card: Card<'_>) {
    card.until_text(".broken .note p", "حدث خلل").await;
    assert_eq!(card.texts(".broken button").await, ["أعد تحميل البطاقة"]);
    let shown = card.run("return host.querySelector('h1').getClientRects().length", vec![]).await;
    assert_eq!(shown, json!(1), "the element's own children are on show");
}

#[tokio::test]
async fn a_card_that_breaks_shows_its_children_and_a_button_and_the_other_goes_on() {
    let stage = Stage::start().await;
    let reader = two_cards(&stage).await;
    let (first, second) = (reader.card("#first"), reader.card("#second"));
    first.run(BREAK, vec![]).await;
    until_broken(first).await;

    second.until_comments(2).await;
    assert_still_typed(second).await;
    second.press("button.send").await;
    second.until_comments(3).await;
    assert_eq!(stage.endpoint.stored("second").await.last().map(|said| said.body.clone()), Some(TYPED.to_owned()));
    assert_eq!(reader.run("return document.querySelector('#host').textContent", vec![]).await, json!("المضيف"));

    first.press(".broken button").await;
    first.until_comments(2).await;
    first.until_text(".title", TITLE).await;
    assert_still_typed(first).await;
    first.press("button.send").await;
    first.until_comments(3).await;
}

#[tokio::test]
async fn the_developer_is_told_which_card_broke_and_why() {
    let stage = Stage::start().await;
    let reader = two_cards(&stage).await;
    reader.card("#second").run(BREAK, vec![]).await;
    until_broken(reader.card("#second")).await;
    let heard = reader.heard().await;
    let errors: Vec<_> = heard.iter().filter(|event| event["type"] == "maqal:error").collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!((&errors[0]["id"], &errors[0]["detail"]["code"]), (&json!("second"), &json!("broken")));
    let message = errors[0]["detail"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("on purpose"), "{message}");
}

#[tokio::test]
async fn a_text_that_only_the_page_can_keep_outlives_a_break_too() {
    let stage = Stage::start().await;
    let denied =
        "<script>Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })</script>";
    stage.put_page("/", &format!("{denied}{}", stage.usual_card()));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.write(NAME, TYPED).await;
    card.run(BREAK, vec![]).await;
    until_broken(card).await;
    card.press(".broken button").await;
    card.until_empty().await;
    assert_eq!(card.value("#body").await, TYPED);
}

#[tokio::test]
async fn after_a_trap_of_unknown_cause_all_cards_go_on_and_a_second_one_leaves_the_choice_to_the_reader() {
    let stage = Stage::start().await;
    let reader = two_cards(&stage).await;
    let cards = [reader.card("#first"), reader.card("#second")];
    for card in cards {
        card.run("window.before = [...(window.before ?? []), $('.card')]", vec![]).await;
    }
    reader.run(TRAP, vec![]).await;
    reader.until("it traps", "return window.trapped").await;
    for card in cards {
        card.until("another card stands", "return $('.card:not(.broken)') && !before.includes($('.card'))").await;
        card.until_comments(2).await;
        assert_still_typed(card).await;
    }
    reader.run("delete window.trapped", vec![]).await;
    reader.run(TRAP, vec![]).await;
    reader.until("it traps again", "return window.trapped").await;
    for card in cards {
        until_broken(card).await;
        card.press(".broken button").await;
        card.until_comments(2).await;
        assert_still_typed(card).await;
    }
}

#[tokio::test]
async fn what_was_being_sent_is_sent_by_the_next_instance_and_once_only() {
    let stage = Stage::start().await;
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    stage.proxy.fail(Fault::Status(503, Some(1))).await;
    card.post(NAME, TYPED).await;
    card.until_text(".pending", TYPED).await;
    // The instance holds the lock of what it sends; it breaks with it.
    card.run(BREAK, vec![]).await;
    until_broken(card).await;
    stage.proxy.heal().await;
    card.press(".broken button").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(THREAD).await.len(), 1);
}

#[tokio::test]
async fn a_broken_instance_keeps_no_stream_open_and_no_longer_answers_the_page() {
    let stage = Stage::start().await;
    let record = "<script>
        window.streams = [];
        window.EventSource = class extends EventSource { constructor(...all) { super(...all); streams.push(this); } };
        window.faults = [];
        addEventListener('error', (event) => faults.push(event.message));
        addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)));
    </script>";
    stage.put_page("/", &format!("{record}{}", stage.usual_card()));
    let reader = stage.reader().await;
    let card = reader.card("maqal-card");
    card.until_empty().await;
    reader.until("the card listens", "return streams.length > 0 && streams.at(-1).readyState === 1").await;
    card.run(BREAK, vec![]).await;
    until_broken(card).await;
    assert_eq!(reader.run("return streams.every((stream) => stream.readyState === 2)", vec![]).await, json!(true));
    // The page tells the old instance's listeners all sorts of things: none of them throws.
    reader
        .run(
            "faults.length = 0; for (const name of ['online', 'offline', 'storage', 'resize', 'scroll', 'beforeunload',
        'hashchange', 'visibilitychange']) { dispatchEvent(new Event(name)); document.dispatchEvent(new Event(name)) }
        document.querySelector('maqal-card').append('نصّ')",
            vec![],
        )
        .await;
    reader.painted().await;
    assert_eq!(reader.run("return faults", vec![]).await, json!([]));
}

#[tokio::test]
async fn a_card_that_breaks_while_it_is_attached_leaves_its_children_and_its_neighbours() {
    let stage = Stage::start().await;
    let endpoint = stage.proxy.endpoint();
    let attributes = format!(r#"src="{ARTICLE}" endpoint="{endpoint}" thread="{THREAD}""#);
    let card = |id: &str| stage.card(&format!(r#"id="{id}" {attributes}"#), &article::light_dom());
    let poison = "<script>const bad = document.querySelector('#bad');
        Object.defineProperty(bad, 'ownerDocument', { get() { if (new Error().stack.includes('maqal.js')) throw new Error('on purpose');
            return document } })</script>";
    stage.put_page("/", &format!("{}{}{poison}", card("good"), card("bad")));
    let reader = stage.reader().await;
    reader.card("#good").until_empty().await;
    // Whatever its reader does there brings the whole card.
    reader.card("#bad").run("host.setAttribute('heading', '3')", vec![]).await;
    wait::until("the other one's fault is told", || async {
        let heard = reader.heard().await;
        heard.into_iter().find(|event| event["type"] == "maqal:error" && event["id"] == "bad")
    })
    .await;
    // It has gone over to another instance.
    reader.card("#good").until_empty().await;
    reader.card("#good").post(NAME, TYPED).await;
    reader.card("#good").until_comments(1).await;
    let children = "return [...host.querySelectorAll('p')].filter(shown).map((element) => element.textContent)";
    assert_eq!(reader.card("#bad").run(children, vec![]).await, json!(PARAGRAPHS));
}
