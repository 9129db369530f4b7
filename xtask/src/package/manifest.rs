//! `custom-elements.json`: the elements for editors and documentation tools, by the schema 2.1.0 of
//! <https://github.com/webcomponents/custom-elements-manifest>.

use serde_json::{Map, Value, json};

use super::elements::{Attribute, Described, Element};
use super::theming::Theming;
use super::types::attribute_type;

const MODULE: &str = "index.js";

/// The manifest.
pub fn of(described: &Described, theming: &Theming) -> Value {
    let declarations: Vec<Value> = described.elements.iter().map(|element| declaration(element, theming)).collect();
    let exports = described.elements.iter().flat_map(|Element { tag, class, .. }| {
        let declaration = json!({ "name": class, "module": MODULE });
        [
            json!({ "kind": "js", "name": class, "declaration": declaration }),
            json!({ "kind": "custom-element-definition", "name": tag, "declaration": declaration }),
        ]
    });
    json!({
        "schemaVersion": "2.1.0",
        "readme": "README.md",
        "modules": [{
            "kind": "javascript-module",
            "path": MODULE,
            "declarations": declarations,
            "exports": exports.collect::<Vec<_>>(),
        }],
    })
}

fn declaration(element: &Element, theming: &Theming) -> Value {
    let fields = element.accessors().map(|attribute| {
        let Attribute { name, sets, doc, .. } = attribute;
        let text = sets.as_ref().map_or_else(|| attribute_type(attribute), |sets| format!("string | {sets}"));
        with_default(
            json!({ "kind": "field", "name": name, "attribute": name, "reflects": true, "type": { "text": format!("{text} | null") }, "description": doc }),
            None,
        )
    });
    let properties = element.properties.iter().map(|property| {
        let field = json!({ "kind": "field", "name": property.name, "type": { "text": property.kind }, "description": property.doc });
        with_default(field, property.default.as_deref())
    });
    let methods = element.methods.iter().map(|method| {
        json!({ "kind": "method", "name": method.name, "return": { "type": { "text": method.kind } }, "description": method.doc })
    });
    let attributes = element.attributes.iter().map(|attribute| {
        let mut one = json!({ "name": attribute.name, "type": { "text": attribute_type(attribute) }, "description": attribute.told() });
        if element.accessors().any(|accessor| accessor.name == attribute.name) {
            one["fieldName"] = json!(attribute.name);
        }
        with_default(one, attribute.default.as_deref())
    });
    let events = element.events.iter().map(|event| {
        json!({ "name": event.name, "type": { "text": format!("CustomEvent<{}>", event.detail) }, "description": event.doc })
    });
    let slots = element.slots.iter().map(|slot| json!({ "name": slot.name, "description": slot.doc }));
    let mut declaration = json!({
        "kind": "class",
        "customElement": true,
        "tagName": element.tag,
        "name": element.class,
        "summary": element.summary,
        "superclass": { "name": "HTMLElement", "package": "global:" },
        "attributes": attributes.collect::<Vec<_>>(),
        "members": fields.chain(properties).chain(methods).collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
        "slots": slots.collect::<Vec<_>>(),
    });
    if element.is_card {
        let parts = theming.parts.iter().map(|part| json!({ "name": part.name, "description": part.doc }));
        declaration["cssParts"] = parts.collect();
        let properties = theming.properties.iter().map(|property| {
            let mut one = json!({ "name": property.name, "description": property.doc });
            if property.is_colour {
                one["syntax"] = json!("<color>");
            }
            one
        });
        declaration["cssProperties"] = properties.collect();
    }
    declaration
}

fn with_default(mut value: Value, default: Option<&str>) -> Value {
    if let (Some(default), Some(object)) = (default, value.as_object_mut()) {
        let _: Option<Value> = Map::insert(object, "default".to_owned(), json!(default));
    }
    value
}
