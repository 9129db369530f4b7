//! The declarations for TypeScript: the elements' classes, and what React, Vue and Svelte take of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::elements::{Attribute, Described, Element};
use super::theming::Theming;

const HEAD: &str =
    "// Written by `cargo xtask package` from npm/elements.json, docs/theming.md and the catalogue of words.\n\n";

/// The files, by name. `words` is a catalogue: its keys are the phrases that a page may change.
///
/// # Errors
/// When the catalogue is no JSON object.
pub fn of(described: &Described, theming: &Theming, words: &str) -> Result<BTreeMap<String, String>> {
    let words: Value = serde_json::from_str(words).context("the catalogue is no JSON")?;
    let words = words.as_object().context("the catalogue is no object")?;
    let mut index = format!("{HEAD}{}", names(described));
    index.push_str(&phrases(words));
    index.push_str(&looks(theming));
    index.push_str(&events(described));
    for element in &described.elements {
        index.push_str(&attributes(element));
        index.push_str(&class(element));
    }
    index.push_str(&globals(described));
    Ok([
        ("index.d.ts", index),
        ("element.d.ts", format!("{HEAD}export * from \"./index.js\";\n")),
        ("react.d.ts", react(described)),
        ("vue.d.ts", vue(described)),
        ("svelte.d.ts", svelte(described)),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .into())
}

/// The type of an attribute, written out.
pub fn attribute_type(attribute: &Attribute) -> String {
    if attribute.values.is_empty() {
        return attribute.kind.clone();
    }
    let quoted: Vec<String> = attribute.values.iter().map(|value| format!("{value:?}")).collect();
    if attribute.is_list {
        // The first stands alone; of the others as many as there are.
        let one = format!("({})", quoted[1..].join(" | "));
        let lists = (1..quoted.len()).map(|length| format!("`{}`", vec![format!("${{{one}}}"); length].join(" ")));
        return [quoted[0].clone()].into_iter().chain(lists).collect::<Vec<_>>().join(" | ");
    }
    let numbers = attribute.values.iter().filter(|_| attribute.takes_numbers).cloned();
    quoted.into_iter().chain(numbers).collect::<Vec<_>>().join(" | ")
}

fn doc(text: &str, indent: &str) -> String {
    format!("{indent}/** {} */\n", text.replace("*/", "*\u{200b}/"))
}

/// The choices that attributes have.
fn names(described: &Described) -> String {
    let mut text = String::new();
    let mut told = Vec::new();
    for attribute in described.elements.iter().flat_map(|element| &element.attributes) {
        if !attribute.values.is_empty() && !told.contains(&&attribute.kind) {
            told.push(&attribute.kind);
            let _ = write!(text, "export type {} = {};\n\n", attribute.kind, attribute_type(attribute));
        }
    }
    let faults: Vec<String> = described.faults.iter().map(|code| format!("{code:?}")).collect();
    let _ =
        write!(text, "/** What kind of thing went wrong. */\nexport type MaqalFaultCode = {};\n\n", faults.join(" | "));
    text
}

fn phrases(words: &Map<String, Value>) -> String {
    let mut text = String::from(
        "/** A phrase for each plural category of the card's language (`Intl.PluralRules`); `{n}` stands for the number. */
export type MaqalPlural = { [category in \"zero\" | \"one\" | \"two\" | \"few\" | \"many\" | \"other\"]?: string };

/** Phrases of your own in place of the card's. Marks such as `{name}` stay as they are. */
export interface MaqalWords {
",
    );
    for (key, phrase) in words.iter().filter(|(key, _)| key.as_str() != "language") {
        let kind = if phrase.is_object() { "MaqalPlural" } else { "string" };
        let _ = writeln!(text, "  {key}?: {kind};");
    }
    text + "}\n\n"
}

fn looks(theming: &Theming) -> String {
    let mut text =
        String::from("/** What `maqal-card::part(…)` takes, and what it is. */\nexport interface MaqalParts {\n");
    for part in &theming.parts {
        let _ = writeln!(text, "{}  {:?}: unknown;", doc(&part.doc, "  "), part.name);
    }
    text.push_str("}\n\nexport type MaqalPart = keyof MaqalParts;\n\n/** The custom properties that a card is styled by. */\nexport interface MaqalCustomProperties {\n");
    for property in &theming.properties {
        let _ = writeln!(text, "{}  {:?}?: string;", doc(&property.doc, "  "), property.name);
    }
    text + "}\n\n"
}

fn events(described: &Described) -> String {
    let mut text = String::new();
    let all = || described.elements.iter().flat_map(|element| &element.events).filter(|event| !event.fields.is_empty());
    for event in all() {
        let _ = writeln!(
            text,
            "{}export interface {} {{",
            doc(&format!("The detail of `{}`. {}", event.name, event.doc), ""),
            event.detail
        );
        for field in &event.fields {
            let _ = writeln!(text, "{}  {}: {};", doc(&field.doc, "  "), field.name, field.kind);
        }
        text.push_str("}\n\n");
    }
    text.push_str("/** What the elements dispatch. All of it bubbles, and leaves the shadow roots around it. */\nexport interface MaqalEventMap {\n");
    for event in all() {
        let _ = writeln!(text, "{}  {:?}: CustomEvent<{}>;", doc(&event.doc, "  "), event.name, event.detail);
    }
    text + "}\n\n"
}

/// What markup takes: in a template a flag may be written in each of its ways.
fn attributes(element: &Element) -> String {
    let mut text =
        format!("/** What `<{}>` takes in markup. */\nexport interface {}Attributes {{\n", element.tag, element.class);
    for attribute in &element.attributes {
        let kind = if attribute.kind == "boolean" { "boolean | \"\" | \"true\" | \"false\"" } else { &attribute.kind };
        let _ = writeln!(text, "{}  {}?: {kind} | null | undefined;", doc(&attribute.told(), "  "), attribute.name);
    }
    text + "}\n\n"
}

fn class(element: &Element) -> String {
    let mut text =
        format!("{}export declare class {} extends HTMLElement {{\n", doc(&element.summary, ""), element.class);
    for attribute in element.accessors() {
        let Attribute { name, kind, sets, .. } = attribute;
        let sets = sets.as_ref().map(|sets| format!(" | {sets}")).unwrap_or_default();
        let text_too = if kind == "boolean" { " | string" } else { "" };
        let _ = write!(
            text,
            "{}  get {name}(): string | null;\n  set {name}(value: {kind}{text_too}{sets} | null | undefined);\n",
            doc(&attribute.told(), "  ")
        );
    }
    for property in &element.properties {
        let (name, kind) = (&property.name, &property.kind);
        let _ = write!(
            text,
            "{}  get {name}(): {kind};\n  set {name}(value: {kind} | undefined);\n",
            doc(&property.doc, "  ")
        );
    }
    for method in &element.methods {
        let _ = writeln!(text, "{}  {}(): {};", doc(&method.doc, "  "), method.name, method.kind);
    }
    text + "}\n\n"
}

fn globals(described: &Described) -> String {
    let tags: String =
        described.elements.iter().map(|element| format!("    {:?}: {};\n", element.tag, element.class)).collect();
    format!(
        "/** Defines the elements, unless the page has them already: an older copy stays. The main entry has done so. */
export declare function define(): void;

/** Takes the card's files from this folder, which has a copy of the package's `files`. To be called before a card is near. */
export declare function assetsFrom(folder: string | URL): void;

declare global {{
  interface HTMLElementTagNameMap {{
{tags}  }}
  interface HTMLElementEventMap extends MaqalEventMap {{}}
  interface DocumentEventMap extends MaqalEventMap {{}}
  interface WindowEventMap extends MaqalEventMap {{}}
}}
"
    )
}

/// What the elements of a framework's types are made of.
fn imports(described: &Described) -> String {
    let classes =
        described.elements.iter().flat_map(|element| [element.class.clone(), format!("{}Attributes", element.class)]);
    let others = ["MaqalCustomProperties", "MaqalEventMap"].map(str::to_owned);
    format!(
        "import type {{ {} }} from \"./index.js\";\nexport * from \"./index.js\";\n\n",
        classes.chain(others).collect::<Vec<_>>().join(", ")
    )
}

/// The listeners of an element, whose names begin as `prefix` says.
fn listeners(element: &Element, prefix: fn(&str) -> String) -> String {
    let names = element
        .events
        .iter()
        .map(|event| format!("{:?}?: (event: MaqalEventMap[{:?}]) => void", prefix(&event.name), event.name));
    format!("{{ {} }}", names.collect::<Vec<_>>().join("; "))
}

fn react(described: &Described) -> String {
    let listens = |name: &str| format!("on{name}");
    let elements: String = described
        .elements
        .iter()
        .map(|element| {
            let Element { tag, class, .. } = element;
            format!("      {tag:?}: Props<{class}, {class}Attributes> & {};\n", listeners(element, listens))
        })
        .collect();
    format!(
        "{HEAD}import type {{ CSSProperties, DetailedHTMLProps, HTMLAttributes }} from \"react\";\n{}type Props<Element, Attributes> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Attributes | \"style\"> & Attributes & {{ class?: string; style?: CSSProperties & MaqalCustomProperties }};

declare module \"react\" {{
  namespace JSX {{
    interface IntrinsicElements {{
{elements}    }}
  }}
}}
",
        imports(described)
    )
}

fn vue(described: &Described) -> String {
    let listens = |name: &str| {
        let mut letters = name.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase()).into_iter().collect::<String>();
        format!("on{first}{}", letters.as_str())
    };
    let elements: String = described
        .elements
        .iter()
        .map(|element| {
            let Element { tag, class, .. } = element;
            format!("    {tag:?}: Component<{class}Attributes & {}>;\n", listeners(element, listens))
        })
        .collect();
    format!(
        "{HEAD}import type {{ HTMLAttributes }} from \"vue\";\n{}type Component<Props> = new () => {{ $props: Omit<HTMLAttributes, keyof Props> & Props & {{ style?: HTMLAttributes[\"style\"] | MaqalCustomProperties }} }};

declare module \"vue\" {{
  interface GlobalComponents {{
{elements}  }}
}}
",
        imports(described)
    )
}

fn svelte(described: &Described) -> String {
    let listens = |name: &str| format!("on{name}");
    let elements = |indent: &str| -> String {
        described
            .elements
            .iter()
            .map(|element| {
                let Element { tag, class, .. } = element;
                format!("{indent}{tag:?}: Props<{class}, {class}Attributes> & {};\n", listeners(element, listens))
            })
            .collect()
    };
    format!(
        "{HEAD}import type {{ HTMLAttributes }} from \"svelte/elements\";\n{}type Props<Element extends EventTarget, Attributes> = Omit<HTMLAttributes<Element>, keyof Attributes> & Attributes & {{ [property in keyof MaqalCustomProperties as `style:${{property}}`]?: string }};

declare module \"svelte/elements\" {{
  interface SvelteHTMLElements {{
{}  }}
}}

declare global {{
  namespace svelteHTML {{
    interface IntrinsicElements {{
{}    }}
  }}
}}
",
        imports(described),
        elements("    "),
        elements("      ")
    )
}
