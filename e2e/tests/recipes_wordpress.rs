//! The recipe for WordPress: its plugin in WordPress itself, from the settings and the editor to the reader.

use maqal_e2e::article::{PARAGRAPHS, TITLE};
use maqal_e2e::browser::Browser;
use maqal_e2e::client;
use maqal_e2e::recipe::{read_and_post, snippet};
use maqal_e2e::stage::Stage;
use maqal_e2e::wordpress::WordPress;
use serde_json::{Value, json};

/// What breaks out of markup, of JSON, of block comments and of shortcodes where it is not escaped.
const HOSTILE: &str =
    "\"'`><script>window.broken = 1</script> {{ 1 }} ${x} [maqal] [/maqal] --> ]]> &amp; &lt; \\ \\\" «نقاش»";

/// The same for a text, in which WordPress sets quotes and dashes as printers do.
const TEXT: &str = "<script>window.broken = 1</script> {{ 1 }} ${x} [maqal] [/maqal] ]]> &amp; &lt; \\ «نقاش»";

/// A site whose plugin knows its addresses, and what is around it.
async fn site() -> (WordPress, Stage) {
    let site = WordPress::start().await;
    let stage = Stage::start_with(&["--allow-origin", site.origin()]).await;
    for (name, value) in [("loader", stage.cdn.origin() + "/embed.js"), ("endpoint", stage.proxy.endpoint())] {
        assert_eq!(site.run(&format!("update_option('maqal_{name}', '{value}');")), "");
    }
    (site, stage)
}

/// The address of a loader that no setting of the site names.
const ELSEWHERE: &str = "https://elsewhere.invalid/embed.js";

#[tokio::test]
async fn a_form_takes_its_addresses_and_a_post_is_a_card_by_the_themes_template() {
    let site = WordPress::start().await;
    let stage = Stage::start_with(&["--allow-origin", site.origin()]).await;
    let owner = Browser::start().await;
    site.log_in(&owner).await;
    let set = "const fields = arguments[0];
        for (const [name, value] of Object.entries(fields)) document.getElementById(`maqal_${name}`).value = value;
        document.querySelector('#submit').click()";
    let stands = "return document.querySelector('#setting-error-settings_updated') && ['loader', 'integrity', 'endpoint'].map((name) => document.getElementById(`maqal_${name}`)?.value)";
    // What is no address of the web is none.
    for (loader, endpoint, kept) in [
        ("javascript:alert(1)", "\"><script>window.broken = 1</script>", false),
        (stage.cdn.origin().as_str(), stage.proxy.endpoint().as_str(), true),
    ] {
        let loader = if kept { format!("{loader}/embed.js") } else { loader.to_owned() };
        owner.open(&site.url("/wp-admin/options-general.php?page=maqal")).await;
        owner.run(set, vec![json!({ "loader": loader, "integrity": "", "endpoint": endpoint })]).await;
        let stands = owner.until("they are kept", stands).await;
        if kept {
            assert_eq!(stands, json!([loader, "", endpoint]));
        } else {
            assert_eq!(stands[0], "");
            assert_eq!(owner.run("return window.broken ?? null", vec![]).await, Value::Null);
        }
    }

    let title = "عنوان «مقتبس» & 1 < 2 </script><script>window.broken = 1</script>";
    let content = format!(
        "<!-- wp:paragraph --><p>{}</p><!-- /wp:paragraph -->\n<!-- wp:quote --><blockquote class=\"wp-block-quote\"><p>{}</p></blockquote><!-- /wp:quote -->\n<!--nextpage-->\n<!-- wp:paragraph --><p>وفي الصفحة الثانية.</p><!-- /wp:paragraph -->\n<!-- wp:shortcode -->[maqal /]<!-- /wp:shortcode -->",
        PARAGRAPHS[0], PARAGRAPHS[1]
    );
    site.publish("post", "first", title, &content);
    let reader = Browser::start().await;
    reader.open(&site.url("/first/")).await;
    let card = reader.card("maqal-card");
    read_and_post(&reader, card, "عنوان «مقتبس» & 1 < 2").await;
    assert_eq!(card.texts(".author").await, ["admin"]);
    assert_eq!(card.texts(".body p").await, [PARAGRAPHS[0], PARAGRAPHS[1], "وفي الصفحة الثانية."]);
    let page = "return [window.broken ?? null, document.querySelectorAll('maqal-card').length, document.querySelectorAll('script[type=module]').length, document.querySelector('maqal-card article h1').textContent.startsWith('عنوان')]";
    assert_eq!(reader.run(page, vec![]).await, json!([null, 1, 1, true]), "no card in a card, and one loader");
    let thread = site.url("/first/");
    assert_eq!(stage.endpoint.stored(&thread).await.len(), 1);

    // What a visitor may not read stands in no card, wherever that is.
    site.publish("post", "secret", "سرّ", "نصّ سرّي");
    let id = site.run("echo get_page_by_path('secret', OBJECT, 'post')->ID;");
    site.publish("page", "quotes", "صفحة", &format!("<!-- wp:maqal/card {{\"post\":{id}}} /-->"));
    let shown = "return [document.body.textContent.includes('نصّ سرّي'), document.querySelectorAll('maqal-card').length]";
    for (status, readable) in [("publish", true), ("private", false), ("draft", false)] {
        let said = site.run(&format!("wp_update_post(array('ID' => {id}, 'post_status' => '{status}'));"));
        assert_eq!(said, "");
        reader.open(&site.url("/quotes/")).await;
        assert_eq!(reader.run(shown, vec![]).await, json!([readable, usize::from(readable)]), "{status}");
    }
    let said =
        site.run(&format!("wp_update_post(array('ID' => {id}, 'post_status' => 'publish', 'post_password' => 'p'));"));
    assert_eq!(said, "");
    reader.open(&site.url("/quotes/")).await;
    assert_eq!(reader.run(shown, vec![]).await, json!([false, 0]), "it asks for the password");
    assert_eq!(site.complaints(), [""; 0]);
}

/// A card with everything, as the playground takes it.
fn chosen() -> Value {
    let article = json!({ "name": "article", "attributes": [], "children": [
        { "name": "h1", "attributes": [], "children": [TITLE] },
        { "name": "p", "attributes": [["class", "lead"]], "children": [TEXT] },
        { "name": "p", "attributes": [], "children": [PARAGRAPHS[0]] },
    ] });
    json!({
        "host": "wordpress",
        "attributes": [
            ["thread", HOSTILE], ["words", "{\"send\":\"انشر \\\"هنا\\\" <b>\"}"], ["theme", "dark"], ["comfort", "none"],
            ["heading", "3"], ["sort", "oldest"], ["autoload", true], ["email", "optional"],
        ],
        "children": [article],
        "css": "",
        "loader": { "url": ELSEWHERE },
    })
}

#[tokio::test]
async fn what_the_playground_writes_is_the_card_that_was_chosen_as_a_block_and_as_a_shortcode() {
    let (site, stage) = site().await;
    let blocks = snippet(&chosen());
    let [constants, block, shortcode] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert!(constants.contains(&format!("define( 'MAQAL_LOADER', '{ELSEWHERE}' )")), "{constants}");
    let reader = Browser::start().await;
    for (name, code) in [("block", block), ("shortcode", shortcode)] {
        site.publish(
            "page",
            name,
            "صفحة",
            &format!("{code}\n\n<!-- wp:paragraph --><p>بعدها</p><!-- /wp:paragraph -->"),
        );
        reader.open(&site.url(&format!("/{name}/"))).await;
        let card = reader.card("maqal-card");
        card.until_text("h3.title", TITLE).await;
        card.until_text("button.send", "انشر \"هنا\" <b>").await;
        let is = "return Object.fromEntries(host.getAttributeNames().filter((name) => name !== 'style').map((name) => [name, host.getAttribute(name)]))";
        let wanted = json!({
            "thread": HOSTILE, "words": "{\"send\":\"انشر \\\"هنا\\\" <b>\"}", "theme": "dark", "comfort": "none", "heading": "3",
            "sort": "oldest", "autoload": "", "email": "optional", "endpoint": stage.proxy.endpoint(),
        });
        assert_eq!(card.run(is, vec![]).await, wanted, "{name}");
        assert_eq!(card.texts(".lead").await, [TEXT], "{name}");
        assert_eq!(card.texts(".body p").await, [PARAGRAPHS[0]], "{name}");
        assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null, "{name}");
    }
    let card = reader.card("maqal-card");
    card.until_empty().await;
    card.post("زائرة", "من رمز قصير").await;
    card.until_comments(1).await;
    assert_eq!(stage.endpoint.stored(HOSTILE).await.len(), 1);
    assert_eq!(reader.console().await, []);

    // Of one who may not post what he likes, WordPress takes the markup out of the values; the rest stands.
    for (name, code) in [("filtered-block", block), ("filtered-shortcode", shortcode)] {
        site.publish_as(0, "page", name, "صفحة", code);
        reader.open(&site.url(&format!("/{name}/"))).await;
        let card = reader.card("maqal-card");
        card.until_text("h3.title", TITLE).await;
        assert_eq!(card.texts(".body p").await, [PARAGRAPHS[0]], "{name}");
        assert_eq!(reader.run("return window.broken ?? null", vec![]).await, Value::Null, "{name}");
    }

    // A feed has the article, and no element that nobody defines there.
    site.publish("post", "in-feed", "في الخلاصة", shortcode);
    let request = http::Request::get(site.url("/feed/")).body(bytes::Bytes::new());
    let feed = client::send(request.unwrap_or_default())
        .await
        .map(|answer| String::from_utf8_lossy(answer.body()).into_owned());
    let feed = feed.unwrap_or_default();
    assert!(feed.contains(PARAGRAPHS[0]) && !feed.contains("<maqal-card") && !feed.contains("[maqal"), "{feed}");
    assert_eq!(site.complaints(), [""; 0]);
}

#[tokio::test]
async fn in_the_editor_the_block_has_fields_and_what_the_playground_writes_is_valid() {
    let (site, _stage) = site().await;
    let owner = Browser::start().await;
    site.log_in(&owner).await;
    owner.open(&site.url("/wp-admin/post-new.php")).await;
    owner.until("the editor is there", "return Boolean(window.wp?.data?.select('core/block-editor') && document.querySelector('.block-editor-writing-flow, iframe[name=editor-canvas]'))").await;

    // The code that is pasted there is that block, and stays as it is.
    let block = snippet(&chosen())[1].clone();
    let parsed = "const [code] = arguments;
        const [block] = wp.blocks.parse(code);
        const [again] = wp.blocks.parse(wp.blocks.serialize([block]));
        return { valid: block.isValid, name: block.name, attributes: block.attributes, same: JSON.stringify(again.attributes) === JSON.stringify(block.attributes) }";
    let parsed = owner.run(parsed, vec![json!(block)]).await;
    assert_eq!(
        (&parsed["valid"], &parsed["name"], &parsed["same"]),
        (&json!(true), &json!("maqal/card"), &json!(true)),
        "{parsed}"
    );
    assert_eq!(parsed["attributes"]["thread"], HOSTILE);
    assert_eq!(parsed["attributes"]["autoload"], true);
    assert!(parsed["attributes"]["article"].as_str().is_some_and(|article| article.contains(TITLE)), "{parsed}");

    // One that is inserted has a field for its article, and fields beside the text.
    let insert = "wp.data.dispatch('core/edit-post').toggleFeature?.('welcomeGuide');
        wp.data.dispatch('core/block-editor').insertBlock(wp.blocks.createBlock('maqal/card'));
        wp.data.dispatch('core/edit-post').openGeneralSidebar('edit-post/block')";
    owner.run(insert, vec![]).await;
    let fields = "const canvas = document.querySelector('iframe[name=editor-canvas]')?.contentDocument ?? document;
        const text = canvas.querySelector('[data-type=\"maqal/card\"] textarea');
        const labels = [...document.querySelectorAll('.block-editor-block-inspector label')].map((label) => label.textContent);
        return text && labels.includes('Name of the conversation') && labels.includes('sort') && labels";
    owner.until("its fields are there", fields).await;
    let write = "const set = (field, value) => {
            Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
        };
        const canvas = document.querySelector('iframe[name=editor-canvas]')?.contentDocument ?? document;
        set(canvas.querySelector('[data-type=\"maqal/card\"] textarea'), '<article><h1>عنوان</h1><p>نص</p></article>');
        const label = [...document.querySelectorAll('.block-editor-block-inspector label')].find(({ textContent }) => textContent === 'Name of the conversation');
        set(document.getElementById(label.htmlFor), 'حوار')";
    owner.run(write, vec![]).await;
    let stored =
        "const [block] = wp.data.select('core/block-editor').getBlocks().filter(({ name }) => name === 'maqal/card');
        return block.attributes.thread === 'حوار' && wp.blocks.serialize([block])";
    let stored = owner.until("the block has it", stored).await;
    assert_eq!(
        stored,
        "<!-- wp:maqal/card {\"thread\":\"حوار\"} -->\n<article><h1>عنوان</h1><p>نص</p></article>\n<!-- /wp:maqal/card -->"
    );
    // Pictures of WordPress's own servers cannot be had here.
    let console = owner.console().await.into_iter();
    let severe = console.filter(|line| line.level == "SEVERE" && !line.message.contains("net::ERR_NAME_NOT_RESOLVED"));
    assert_eq!(severe.collect::<Vec<_>>(), []);
    assert_eq!(site.complaints(), [""; 0]);
}
