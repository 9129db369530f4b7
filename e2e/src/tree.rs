//! The accessibility tree of a card, as browsers hand it to screen readers, written as indented text.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::browser::Browser;

/// What is said of a node beside its role and its name, where it is so.
const SAID: [&str; 15] = [
    "level",
    "live",
    "atomic",
    "busy",
    "expanded",
    "pressed",
    "checked",
    "selected",
    "disabled",
    "invalid",
    "readonly",
    "required",
    "multiline",
    "hasPopup",
    "focused",
];

/// So many characters of a text are written.
const LONGEST: usize = 100;

/// The tree of the first element that `selector` finds: one node a line, with its role, its name, its description, its
/// value and its states. What a screen reader passes over is left out.
pub async fn of(browser: &Browser, selector: &str) -> String {
    let document = browser.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
    let found = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
    let found = browser.devtools("DOM.querySelector", found).await;
    let described = browser.devtools("DOM.describeNode", json!({ "nodeId": found["nodeId"] })).await;
    let backend = described["node"]["backendNodeId"].clone();
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({})).await;
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let by_id: HashMap<&str, &Value> = nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let top = nodes.iter().find(|node| node["backendDOMNodeId"] == backend);
    let mut text = String::new();
    if let Some(top) = top {
        write(top, &by_id, 0, "", &mut text);
    }
    text
}

fn write(node: &Value, by_id: &HashMap<&str, &Value>, depth: usize, around: &str, text: &mut String) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default();
    let is_shown = match role {
        "InlineTextBox" | "LineBreak" => return,
        "StaticText" => !name.trim().is_empty() && name.trim() != around.trim(),
        "none" | "generic" => !name.is_empty() || has(node, "live"),
        _ => node["ignored"] != json!(true),
    };
    if is_shown {
        let role = if role == "StaticText" { "text" } else { role };
        let _ = write!(text, "{:width$}{role}", "", width = depth * 2);
        if !name.trim().is_empty() {
            let _ = write!(text, " \"{}\"", line(name));
        }
        for (what, mark) in [("value", "value"), ("description", "description")] {
            if let Some(said) = node[what]["value"].as_str().filter(|said| !said.is_empty() && *said != name) {
                let _ = write!(text, " {mark}=\"{}\"", line(said));
            }
        }
        for said in SAID {
            match property(node, said) {
                Some(Value::Bool(true)) => _ = write!(text, " {said}"),
                // What can be opened or pressed says so where it is not.
                Some(Value::Bool(false)) if said == "expanded" => _ = write!(text, " {said}=false"),
                Some(Value::String(value))
                    if (value != "false" || said == "pressed") && !(said == "live" && value == "off") =>
                {
                    _ = write!(text, " {said}={value}");
                }
                Some(Value::Number(value)) => _ = write!(text, " {said}={value}"),
                _ => {}
            }
        }
        text.push('\n');
    }
    // What is written in a field is its value.
    if role == "textbox" {
        return;
    }
    let (depth, around) = if is_shown { (depth + 1, name) } else { (depth, around) };
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            write(child, by_id, depth, around, text);
        }
    }
}

/// The beginning of `text`, on one line.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line[..end].to_owned() + "…",
        None => line,
    }
}

fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
    let properties = node["properties"].as_array()?;
    properties.iter().find(|property| property["name"] == name).map(|property| &property["value"]["value"])
}

fn has(node: &Value, name: &str) -> bool {
    property(node, name).is_some_and(|value| value.as_str().is_some_and(|value| value != "off"))
}
