//! `npm/elements.json`: what the elements take, give and say, told once.

use anyhow::{Context, Result};
use serde_json::Value;

/// All that the package describes.
#[derive(Debug)]
pub struct Described {
    /// Its elements.
    pub elements: Vec<Element>,
    /// The codes of `maqal:error`.
    pub faults: Vec<String>,
}

/// A custom element.
#[derive(Debug)]
pub struct Element {
    /// `maqal-card`.
    pub tag: String,
    /// `MaqalCard`.
    pub class: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Whether it has the parts and custom properties of `docs/theming.md`, and a property for each attribute.
    pub is_card: bool,
    /// Its attributes, in the documentation's order.
    pub attributes: Vec<Attribute>,
    /// Its properties that are no attributes.
    pub properties: Vec<Member>,
    /// Its methods; `kind` is what they return.
    pub methods: Vec<Member>,
    /// Its slots; the name of the default one is empty.
    pub slots: Vec<Member>,
    /// What it dispatches.
    pub events: Vec<Event>,
}

/// An attribute.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// The name of its type in TypeScript.
    pub kind: String,
    /// What it may be, where that is a choice.
    pub values: Vec<String>,
    /// Whether it takes several of them, parted by spaces; the first stands alone.
    pub is_list: bool,
    /// Whether numbers are taken in their place.
    pub takes_numbers: bool,
    /// A type that the property takes beside text.
    pub sets: Option<String>,
    /// What holds without it, where it can be said as a value.
    pub default: Option<String>,
    /// What it does, in a sentence or two.
    pub doc: String,
    /// Whether every element has it.
    pub is_native: bool,
    /// Whether a change of it is noticed.
    pub is_observed: bool,
}

/// A property, method, slot, or field of an event's detail.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its type, or what it returns; empty for a slot.
    pub kind: String,
    /// Its value at first, where it has one.
    pub default: Option<String>,
    /// What it is.
    pub doc: String,
}

/// An event.
#[derive(Debug)]
pub struct Event {
    /// Its type: `maqal:ready`.
    pub name: String,
    /// The name of the type of its detail.
    pub detail: String,
    /// That type's fields; none where another element's event has them.
    pub fields: Vec<Member>,
    /// When it comes.
    pub doc: String,
}

impl Described {
    /// Reads the file's text.
    ///
    /// # Errors
    /// When it is no JSON, or something is missing: the error names it.
    pub fn parse(text: &str) -> Result<Self> {
        let all: Value = serde_json::from_str(text)?;
        Ok(Self { elements: list(&all, "elements", Element::parse)?, faults: strings(&all, "faults") })
    }
}

impl Element {
    fn parse(one: &Value) -> Result<Self> {
        Ok(Self {
            tag: string(one, "tag")?,
            class: string(one, "class")?,
            summary: string(one, "summary")?,
            is_card: one["themed"] == true,
            attributes: list(one, "attributes", Attribute::parse)?,
            properties: list(one, "properties", |one| Member::parse(one, string(one, "type")?))?,
            methods: list(one, "methods", |one| Member::parse(one, string(one, "returns")?))?,
            slots: list(one, "slots", |one| Member::parse(one, String::new()))?,
            events: list(one, "events", Event::parse)?,
        })
    }

    /// The attributes that are properties of this class too.
    pub fn accessors(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|attribute| self.is_card && !attribute.is_native)
    }
}

impl Attribute {
    fn parse(one: &Value) -> Result<Self> {
        Ok(Self {
            name: string(one, "name")?,
            kind: string(one, "type")?,
            values: strings(one, "values"),
            is_list: one["list"] == true,
            takes_numbers: one["numbers"] == true,
            sets: string(one, "sets").ok(),
            default: string(one, "default").ok(),
            doc: string(one, "doc")?,
            is_native: one["native"] == true,
            is_observed: one["unobserved"] != true,
        })
    }
}

impl Attribute {
    /// All that is to be said of it, in sentences.
    pub fn told(&self) -> String {
        let mut told = self.doc.clone();
        if let Some(default) = self.default.as_ref().filter(|_| self.kind != "boolean") {
            told = format!("{told} Without it: `{default}`.");
        }
        if !self.is_observed {
            told.push_str(" It is read whenever the number is shown.");
        }
        told
    }
}

impl Member {
    fn parse(one: &Value, kind: String) -> Result<Self> {
        Ok(Self { name: string(one, "name")?, kind, default: string(one, "default").ok(), doc: string(one, "doc")? })
    }
}

impl Event {
    fn parse(one: &Value) -> Result<Self> {
        let mut fields = Vec::new();
        for (name, field) in one["fields"].as_object().into_iter().flatten() {
            fields.push(Member {
                name: name.clone(),
                kind: string(field, "type")?,
                default: None,
                doc: string(field, "doc")?,
            });
        }
        Ok(Self { name: string(one, "name")?, detail: string(one, "detail")?, fields, doc: string(one, "doc")? })
    }
}

fn string(of: &Value, key: &str) -> Result<String> {
    let found = of[key].as_str().map(str::to_owned);
    found.with_context(|| format!("`{key}` is missing in {of}"))
}

fn strings(of: &Value, key: &str) -> Vec<String> {
    of[key].as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

fn list<T>(of: &Value, key: &str, parse: impl Fn(&Value) -> Result<T>) -> Result<Vec<T>> {
    of[key].as_array().with_context(|| format!("`{key}` is no list in {of}"))?.iter().map(parse).collect()
}
