//! What shows first in few files, since each costs a request: `card.js` brings the looks, the words of Arabic and the glue of both
//! small modules of WebAssembly.

use anyhow::{Result, bail};

/// The small modules: what each is built as, and its name here.
pub const MODULES: [(&str, &str); 2] = [("maqal-first", "first"), ("maqal-first-markup", "markup")];

/// The language whose words come along: that of a card without another one.
pub const LANGUAGE: &str = "ar";

/// The lines of `card.js` that are written anew.
const SHEET: &str = r#"const SHEET = "";"#;
const WORDS: &str = "const WORDS = { __proto__: null };";
const GLUE: &str = "const glueOf = () => undefined;";

/// `card.js` with the sheet `looks`, the `words` of [`LANGUAGE`] (JSON) and the `glue` in it.
///
/// # Errors
/// When it lacks a line that is to be written anew.
pub fn complete(card: &str, looks: &str, words: &str, glue: &str) -> Result<String> {
    let looks = format!("const SHEET = {};", serde_json::Value::from(looks));
    let words = format!("const WORDS = {{ __proto__: null, {LANGUAGE}: {words} }};");
    let glue = format!("const glueOf = () => {{\n{glue}\n}};");
    let mut card = card.to_owned();
    for (line, written) in [(SHEET, looks), (WORDS, words), (GLUE, glue)] {
        if card.matches(line).count() != 1 {
            bail!("card.js has no line `{line}`");
        }
        card = card.replace(line, &written);
    }
    Ok(card)
}

/// The glue that wasm-bindgen wrote for both of [`MODULES`], `texts` in their order, as the body of a function that gives what one
/// instance exports.
///
/// # Errors
/// When the two differ in more than the names of their modules, or are not as we know them.
pub fn glue(texts: [&str; 2]) -> Result<String> {
    const NAMESPACE: &str = "NAMESPACE";
    let [first, markup] = [0, 1].map(|at| {
        let name = MODULES[at].0;
        let text = texts[at].replace(&format!("new URL('{name}_bg.wasm', import.meta.url)"), "undefined");
        text.replace(&format!("\"./{name}_bg.js\": import0,"), NAMESPACE)
    });
    let machinery = |text: &str| text.find("function __wbg_get_imports").map(|at| text[at..].to_owned());
    if machinery(&first).is_none() || machinery(&first) != machinery(&markup) || first.matches(NAMESPACE).count() != 1 {
        bail!("the glue of the two small modules differs in more than their names");
    }
    let names: String = MODULES.iter().map(|(name, _)| format!("\"./{name}_bg.js\": import0,")).collect();
    let end = "export { initSync, __wbg_init as default };";
    if !first.contains(end) || !markup.contains(end) {
        bail!("the glue of the small modules ends in a way that is not known here");
    }
    let body = first.replace(NAMESPACE, &names).replace(end, "").replace("export function ", "function ");
    if body.contains("export ") || body.contains("import.meta") {
        bail!("the glue of the small modules has parts that are not known here");
    }
    Ok(format!("{}\nreturn {{ start: __wbg_init, card, comments }};", body.trim()))
}

#[cfg(test)]
pub mod tests {
    use super::{complete, glue};

    /// As wasm-bindgen writes it.
    pub const FIRST: &str = "export function card(text) {}
function __wbg_get_imports() {
    return { \"./maqal-first_bg.js\": import0, };
}
module_or_path = new URL('maqal-first_bg.wasm', import.meta.url);
export { initSync, __wbg_init as default };
";

    fn markup() -> String {
        FIRST.replace("maqal-first", "maqal-first-markup").replace("text", "tree")
    }

    #[test]
    fn both_modules_have_one_glue() {
        let glue = glue([FIRST, &markup()]).unwrap();
        assert!(glue.starts_with("function card(text) {}"), "{glue}");
        assert!(glue.contains("\"./maqal-first_bg.js\": import0,\"./maqal-first-markup_bg.js\": import0,"), "{glue}");
        assert!(!glue.contains("import.meta") && !glue.contains("export "), "{glue}");
    }

    #[test]
    fn glue_that_differs_is_an_error() {
        let other = markup().replace("return {", "return { more,");
        assert!(glue([FIRST, &other]).is_err());
        assert!(glue(["", ""]).is_err());
    }

    #[test]
    fn the_card_brings_what_shows_first() {
        let card = "const SHEET = \"\";\nconst WORDS = { __proto__: null };\nconst glueOf = () => undefined;\n";
        let complete = complete(card, "a { content: \"$1\" }", r#"{"send":"انشر"}"#, "return 1;").unwrap();
        assert_eq!(
            complete,
            "const SHEET = \"a { content: \\\"$1\\\" }\";\nconst WORDS = { __proto__: null, ar: {\"send\":\"انشر\"} };\n\
             const glueOf = () => {\nreturn 1;\n};\n"
        );
        assert!(super::complete("", "", "{}", "").is_err());
    }
}
