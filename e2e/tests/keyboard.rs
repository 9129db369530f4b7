//! Each task by the keyboard alone: after it the focus is where its reader goes on, and what happened was said once.

use fantoccini::key::Key;
use maqal_e2e::article;
use maqal_e2e::browser::Browser;
use maqal_e2e::card::Card;
use maqal_e2e::keyboard::Keyboard;
use maqal_e2e::proxy::Fault;
use maqal_e2e::stage::{ARTICLE, Stage, THREAD};
use serde_json::json;

const ENTER: Key = Key::Enter;

/// A button in the row under the top-level comment at this place.
fn act(place: usize, name: &str) -> String {
    format!(".chunk > .top:nth-child({place}) > .comment > .do [data-act={name}]")
}

async fn stage(comments: usize) -> Stage {
    let stage = Stage::start().await;
    stage.endpoint.fill(THREAD, comments).await;
    put_page(&stage);
    stage
}

fn put_page(stage: &Stage) {
    let card = stage.card(&format!(r#"src="{ARTICLE}" endpoint="{}" thread="{THREAD}""#, stage.proxy.endpoint()), "");
    stage.put_page(
        "/",
        &format!(r##"<p><a id="before" href="#">قبل</a></p>{card}<p><a id="after" href="#">بعد</a></p>"##),
    );
}

/// A reader at the page, once the conversation has come.
async fn reader(stage: &Stage) -> Browser {
    let reader = stage.reader().await;
    until_there(reader.card("maqal-card")).await;
    reader
}

async fn until_there(card: Card<'_>) {
    card.until("the conversation is there", "return shown($('.title')) && $('h3 .sr') && !$('.skeleton')").await;
}

/// Writes a comment from the top of the page, and posts it by the keys that the button names.
async fn post(keyboard: Keyboard<'_>, name: &str, text: &str) {
    keyboard.tab_to("#name").await;
    keyboard.types(name).await;
    keyboard.press(Key::Tab).await;
    keyboard.until_at("#body").await;
    keyboard.types(text).await;
    keyboard.chord(Key::Control, char::from(ENTER)).await;
}

/// Opens the menu of the comment at this place, and goes to an item with the arrows.
async fn choose(keyboard: Keyboard<'_>, place: usize, item: &str) {
    keyboard.tab_to(&act(place, "menu")).await;
    keyboard.press(ENTER).await;
    keyboard.until_at(".menu [role=menuitem]:first-of-type").await;
    let item = format!(".menu [data-act={item}]");
    for _ in 0..8 {
        if keyboard.is_at(&item).await {
            return keyboard.press(ENTER).await;
        }
        keyboard.press(Key::Down).await;
    }
    panic!("the arrows do not lead to {item}");
}

#[tokio::test]
async fn the_article_is_unfolded_and_read_on() {
    let stage = Stage::start().await;
    stage.host.put(ARTICLE, article::with_body(&article::paragraphs(20)).to_string());
    put_page(&stage);
    let reader = reader(&stage).await;
    let keyboard = Keyboard::at(&reader, reader.card("maqal-card")).await;
    keyboard.tab_to(".more").await;
    keyboard.press(ENTER).await;
    keyboard.until_reading(".rest-of-text").await;
    keyboard.tab_to("#name").await;
}

#[tokio::test]
async fn the_address_of_the_article_is_copied() {
    let stage = stage(0).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    // The clipboard of the page, whether the browser's own may be used or not.
    let clipboard = "Object.defineProperty(navigator, 'share', { value: undefined });
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } } })";
    reader.run(clipboard, vec![]).await;
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to("[part~=share]").await;
    keyboard.press(Key::Space).await;
    keyboard.hears_once("نُسخ الرابط").await;
    keyboard.until_at("[part~=share]").await;
    assert!(reader.run("return window.copied", vec![]).await.as_str().unwrap().starts_with("http"));
}

#[tokio::test]
async fn a_comment_is_written_and_posted() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to("#name").await;
    keyboard.types("سلمى").await;
    keyboard.press(Key::Tab).await;
    keyboard.types("كتبتُ هذا بلا فأرة").await;
    keyboard.tab_to("button.send").await;
    keyboard.press(Key::Space).await;
    card.until_comments(2).await;
    keyboard.hears_once("نُشر تعليقك.").await;
    keyboard.until_at("#body").await;
    assert_eq!(stage.endpoint.stored(THREAD).await[1].body, "كتبتُ هذا بلا فأرة");
}

#[tokio::test]
async fn a_text_is_given_form_by_the_toolbar_and_looked_at() {
    let stage = stage(0).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to("#body").await;
    keyboard.types("كلام").await;
    keyboard.chord(Key::Control, 'a').await;
    keyboard.press(Key::Tab).await;
    keyboard.until_at(".marks button:first-child").await;
    // The arrows go the way that the card runs.
    keyboard.press(Key::Left).await;
    keyboard.until_at(".marks button:nth-child(2)").await;
    keyboard.press(Key::Right).await;
    keyboard.press(ENTER).await;
    card.until("the text is strong", "return $('#body').value === '**كلام**'").await;
    keyboard.until_at("#body").await;
    keyboard.tab_to(".look").await;
    keyboard.press(ENTER).await;
    card.until_text(".preview strong", "كلام").await;
    keyboard.until_at(".look").await;
}

#[tokio::test]
async fn a_form_with_several_flaws_says_them_once_and_is_mended() {
    let stage = Stage::start().await;
    let attributes =
        format!(r#"src="{ARTICLE}" endpoint="{}" thread="{THREAD}" email="required""#, stage.proxy.endpoint());
    stage.put_page("/", &stage.card(&attributes, ""));
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to("button.send").await;
    keyboard.press(ENTER).await;
    keyboard.until_at("#name").await;
    keyboard.hears_once("صحّح هذه الخانات").await;
    keyboard.hears_once("اكتب اسمك.").await;
    let tied = "const field = $('#name');
        return field.getAttribute('aria-invalid') === 'true'
            && root.getElementById(field.getAttribute('aria-describedby')).textContent === 'اكتب اسمك.'";
    assert_eq!(card.run(tied, vec![]).await, json!(true));
    // From the list of flaws to the last field.
    keyboard.tab_to(".refusals li:last-child a").await;
    keyboard.press(ENTER).await;
    keyboard.until_at("#body").await;
    keyboard.types("نصّ").await;
    keyboard.tab_back_to("#email").await;
    keyboard.types("salma@news.example").await;
    card.until("one flaw needs no list", "return !$('.refusals')").await;
    keyboard.tab_back_to("#name").await;
    keyboard.types("سلمى").await;
    keyboard.press(ENTER).await;
    card.until_comments(1).await;
    keyboard.hears_once("نُشر تعليقك.").await;
    keyboard.until_at("#body").await;
}

#[tokio::test]
async fn a_single_flaw_is_said_though_the_focus_stays_where_it_is() {
    let stage = stage(0).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to("#name").await;
    keyboard.types("سلمى").await;
    keyboard.tab_to("#body").await;
    keyboard.chord(Key::Control, char::from(ENTER)).await;
    keyboard.hears_once("اكتب تعليقك أولًا.").await;
    keyboard.until_at("#body").await;
}

#[tokio::test]
async fn a_reply_is_opened_closed_opened_again_and_posted() {
    let stage = stage(2).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(&act(1, "reply")).await;
    keyboard.press(ENTER).await;
    keyboard.until_at(".inner textarea").await;
    keyboard.press(Key::Escape).await;
    keyboard.until_at(&act(1, "reply")).await;
    keyboard.press(Key::Space).await;
    keyboard.until_at(".inner textarea").await;
    keyboard.types("ردّ بلا فأرة").await;
    keyboard.tab_back_to(".inner input[name=name]").await;
    keyboard.types("سلمى").await;
    keyboard.tab_to(".inner button.send").await;
    keyboard.press(ENTER).await;
    card.until_text(".replies .say", "ردّ بلا فأرة").await;
    card.until_comments(3).await;
    keyboard.hears_once("نُشر تعليقك.").await;
    keyboard.until_at(&act(1, "reply")).await;
}

#[tokio::test]
async fn ones_own_comment_is_changed_and_deleted_after_a_question() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    post(keyboard, "سلمى", "نصّ أول").await;
    card.until_comments(2).await;
    choose(keyboard, 1, "edit").await;
    keyboard.until_at(".edits textarea").await;
    keyboard.types(" ثم ثانٍ").await;
    keyboard.tab_to(".edits button.send").await;
    keyboard.press(ENTER).await;
    card.until_text(".say", "نصّ أول ثم ثانٍ").await;
    keyboard.hears_once("حُفظ تعديلك.").await;
    keyboard.until_at(&act(1, "menu")).await;

    choose(keyboard, 1, "delete").await;
    keyboard.until_at(".ask button:first-child").await;
    keyboard.press(Key::Escape).await;
    keyboard.until_at(&act(1, "menu")).await;
    choose(keyboard, 1, "delete").await;
    keyboard.until_at(".ask button:first-child").await;
    keyboard.press(Key::Tab).await;
    keyboard.press(ENTER).await;
    card.until_comments(1).await;
    keyboard.hears_once("حُذف تعليقك.").await;
    keyboard.until_at(".comment").await;
}

#[tokio::test]
async fn a_comment_is_liked_and_that_is_taken_back() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(&act(1, "like")).await;
    for pressed in ["true", "false"] {
        keyboard.press(Key::Space).await;
        // The button says its own state: it has the focus.
        card.until_with("the button says so", "return $('.like').ariaPressed === args[0]", vec![json!(pressed)]).await;
        keyboard.until_at(&act(1, "like")).await;
    }
    assert_eq!(keyboard.spoken().await, json!([]), "the button itself says what it is now");
}

#[tokio::test]
async fn a_comment_is_reported() {
    let stage = stage(2).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    choose(keyboard, 2, "report").await;
    keyboard.until_at(".report input").await;
    keyboard.tab_to(".report .main").await;
    keyboard.press(ENTER).await;
    keyboard.hears_once("اختر سببًا.").await;
    keyboard.tab_back_to(".report input").await;
    // The first or the last, as the browser enters a group without a choice.
    keyboard.press(Key::Space).await;
    keyboard.tab_to(".report textarea").await;
    keyboard.types("ملاحظة").await;
    keyboard.press(Key::Tab).await;
    keyboard.press(ENTER).await;
    keyboard.hears_once("وصل بلاغك إلى المشرفين.").await;
    keyboard.until_at(".ask button").await;
    keyboard.press(ENTER).await;
    keyboard.until_at(&act(2, "menu")).await;
}

#[tokio::test]
async fn a_name_is_muted_and_that_is_undone() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    choose(keyboard, 1, "mute").await;
    keyboard.until_at(".unseen button").await;
    keyboard.hears_once("كُتمت تعليقات").await;
    keyboard.press(ENTER).await;
    card.until_text(".say", "تعليق 1").await;
    keyboard.until_at(".comment").await;
}

#[tokio::test]
async fn another_order_is_chosen() {
    let stage = stage(3).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(".sort select").await;
    keyboard.press(Key::Down).await;
    card.until("the first comment is above", "return $('.chunk .say')?.textContent === 'تعليق 1'").await;
    keyboard.until_at(".sort select").await;
    keyboard.hears_once("جارٍ تحميل التعليقات…").await;
}

#[tokio::test]
async fn more_comments_come_and_the_focus_is_on_the_first_of_them() {
    let stage = stage(25).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    // From the end of the page: nobody tabs through twenty comments.
    reader.run("document.querySelector('#after').focus()", vec![]).await;
    keyboard.tab_back_to(".foot .rest").await;
    keyboard.press(ENTER).await;
    card.until("all are there", "return $$('.chunk > .top').length === 25").await;
    keyboard.until_at(".chunk + .chunk > .top:first-child > .comment").await;
    keyboard.hears_once("جارٍ تحميل التعليقات…").await;
}

#[tokio::test]
async fn replies_are_folded_and_unfolded() {
    let stage = stage(1).await;
    let parent = stage.endpoint.stored(THREAD).await[0].id.clone();
    stage.endpoint.reply(THREAD, &parent, "قارئ", "ردّ").await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(".fold-replies").await;
    for expanded in ["false", "true"] {
        keyboard.press(ENTER).await;
        let folded =
            "return $('.fold-replies').ariaExpanded === args[0] && $('.replies').hidden === (args[0] === 'false')";
        card.until_with("the list follows the button", folded, vec![json!(expanded)]).await;
        keyboard.until_at(".fold-replies").await;
    }
}

#[tokio::test]
async fn what_is_selected_is_quoted() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    // Caret browsing selects by keys; a driver has no such switch.
    card.run("getSelection().selectAllChildren($('.body p'))", vec![]).await;
    card.until("the button is beside it", "return $('.quote').classList.contains('shown')").await;
    keyboard.chord(Key::Alt, 'q').await;
    card.until("the quotation is in the field", "return $('#body').value.startsWith('> كلّ ثلاثاء')").await;
    keyboard.until_at("#body").await;
}

#[tokio::test]
async fn an_unsent_comment_is_changed_kept_discarded_and_sent_again() {
    let stage = stage(1).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    stage.proxy.fail(Fault::Status(403, None)).await;
    post(keyboard, "سلمى", "لن يُقبل").await;
    card.until_text(".pending .note", "لم يُقبل تعليقك").await;
    keyboard.hears_once("لم يُقبل تعليقك").await;
    keyboard.until_at("#body").await;

    // Changed: its text is in the form again.
    keyboard.tab_to(".pending .actions > button:nth-child(2)").await;
    keyboard.press(ENTER).await;
    keyboard.until_at("#body").await;
    card.until("the text is back", "return $('#body').value === 'لن يُقبل' && !$('.pending')").await;
    keyboard.chord(Key::Control, char::from(ENTER)).await;
    card.until_text(".pending .note", "لم يُقبل تعليقك").await;

    // The question first has the answer that keeps it.
    keyboard.tab_to(".pending .actions > button:last-child").await;
    keyboard.press(ENTER).await;
    keyboard.until_at(".pending .ask button:first-child").await;
    keyboard.press(ENTER).await;
    keyboard.until_at(".pending .actions > button:last-child").await;
    keyboard.press(ENTER).await;
    keyboard.until_at(".pending .ask button:first-child").await;
    keyboard.press(Key::Tab).await;
    keyboard.press(ENTER).await;
    card.until("it is gone", "return !$('.pending')").await;
    keyboard.hears_once("حُذف التعليق الذي لم يُرسل.").await;
    keyboard.until_at(".comment").await;

    // Sent again.
    keyboard.tab_back_to("#body").await;
    keyboard.types("سيُقبل").await;
    keyboard.chord(Key::Control, char::from(ENTER)).await;
    card.until_text(".pending .note", "لم يُقبل تعليقك").await;
    stage.proxy.heal().await;
    keyboard.tab_to(".pending .actions > button:first-child").await;
    keyboard.press(ENTER).await;
    card.until_comments(2).await;
    keyboard.hears_once("نُشر تعليقك.").await;
    keyboard.until_at(".comment").await;
}

#[tokio::test]
async fn the_menu_is_gone_through_by_arrows_and_left_by_escape_and_tab() {
    let stage = stage(2).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(&act(1, "menu")).await;
    keyboard.press(Key::Space).await;
    keyboard.until_at(".menu [role=menuitem]:first-of-type").await;
    keyboard.press(Key::End).await;
    keyboard.until_at(".menu [role=menuitem]:last-of-type").await;
    keyboard.press(Key::Down).await;
    keyboard.until_at(".menu [role=menuitem]:first-of-type").await;
    keyboard.press(Key::Up).await;
    keyboard.until_at(".menu [role=menuitem]:last-of-type").await;
    keyboard.press(Key::Home).await;
    keyboard.until_at(".menu [role=menuitem]:first-of-type").await;
    keyboard.press(Key::Escape).await;
    keyboard.until_at(&act(1, "menu")).await;
    assert_eq!(card.count(".menu").await, 0);
    keyboard.press(ENTER).await;
    keyboard.until_at(".menu [role=menuitem]:first-of-type").await;
    keyboard.press(Key::Tab).await;
    keyboard.until_at(&act(2, "like")).await;
    assert_eq!(card.count(".menu").await, 0);
}

#[tokio::test]
async fn the_text_is_made_larger_and_another_theme_chosen() {
    let stage = stage(0).await;
    let reader = reader(&stage).await;
    let card = reader.card("maqal-card");
    let keyboard = Keyboard::at(&reader, card).await;
    keyboard.tab_to(".comfort .tool").await;
    keyboard.press(ENTER).await;
    keyboard.tab_to(".larger").await;
    keyboard.press(Key::Space).await;
    keyboard.hears_once("حجم النص").await;
    keyboard.until_at(".larger").await;
    keyboard.tab_to(".comfort-menu [name=theme]:checked").await;
    let before = card.run("return $('.card').dataset.theme", vec![]).await;
    // On to the next theme but one, whatever the system's is: it is another one.
    keyboard.press(Key::Down).await;
    keyboard.press(Key::Down).await;
    card.until_with("the theme is another one", "return $('.card').dataset.theme !== args[0]", vec![before]).await;
    keyboard.press(Key::Escape).await;
    keyboard.until_at(".comfort .tool").await;
    card.until("the menu is closed", "return !shown($('.comfort-menu'))").await;
}

#[tokio::test]
async fn the_card_is_no_trap_forwards_nor_backwards() {
    let stage = stage(2).await;
    let reader = reader(&stage).await;
    let keyboard = Keyboard::at(&reader, reader.card("maqal-card")).await;
    let is_at = |id: &'static str| format!("return document.activeElement.id === '{id}'");
    for (start, end, back) in [("before", "after", false), ("after", "before", true)] {
        reader.run("document.getElementById(arguments[0]).focus()", vec![json!(start)]).await;
        let mut left = false;
        for _ in 0..60 {
            if back {
                keyboard.chord(Key::Shift, char::from(Key::Tab)).await
            } else {
                keyboard.press(Key::Tab).await
            }
            left = reader.run(&is_at(end), vec![]).await == json!(true);
            if left {
                break;
            }
            let focus = keyboard.focus().await;
            assert!(focus["seen"] == json!(true) && focus["marked"] == json!(true), "{focus}");
        }
        assert!(left, "from {start} the Tab key never comes to {end}");
    }
}
