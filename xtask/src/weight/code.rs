//! Which module the code of the widget comes from, by the names of its functions.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use regex_lite::Regex;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Bytes of code by the module that they come from, the most first. A function that a library makes for one of our modules is
/// that one's.
///
/// # Errors
/// When `wasm` is none, or its functions have no names.
pub fn by_module(wasm: &[u8]) -> Result<Vec<(String, usize)>> {
    let (mut imported, mut data) = (0_u32, 0);
    let (mut bodies, mut names) = (Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("this is no WebAssembly")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range().len()),
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(subsections) = section.as_known() else { continue };
                for subsection in subsections {
                    let Name::Function(map) = subsection? else { continue };
                    for naming in map {
                        let naming = naming?;
                        names.insert(naming.index, naming.name);
                    }
                }
            }
            _ => {}
        }
    }
    let modules = Modules::new()?;
    let mut sums = BTreeMap::from([("texts and tables".to_owned(), data)]);
    for (index, bytes) in (imported..).zip(bodies) {
        let name = names.get(&index).context("the functions have no names")?;
        *sums.entry(modules.of(&format!("{:#}", rustc_demangle::demangle(name)))).or_default() += bytes;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Ok(sums)
}

struct Modules {
    ours: Regex,
    any: Regex,
}

impl Modules {
    fn new() -> Result<Self> {
        Ok(Self {
            ours: Regex::new(r"\bmaqal(?:_contract|_reading|_first)?::([a-z_0-9]+(?:::[a-z_0-9]+)?)")?,
            any: Regex::new(r"\b([a-z_0-9]+)::")?,
        })
    }

    /// The module of ours that a function is of, or is made for; else what the library is there for.
    fn of(&self, name: &str) -> String {
        if let Some(found) = self.ours.captures(name) {
            return found[1].to_owned();
        }
        let library = self.any.captures(name);
        let what = match library.as_ref().map_or("", |found| &found[1]) {
            "reactive_graph" | "tachys" | "leptos" | "leptos_dom" | "any_spawner" | "guardian" | "send_wrapper"
            | "or_poisoned" | "throw_error" | "either_of" | "slotmap" | "hydration_context" => "Leptos",
            "serde" | "serde_core" | "serde_json" | "itoa" | "ryu" | "zmij" => "JSON",
            "wasm_bindgen"
            | "js_sys"
            | "web_sys"
            | "wasm_bindgen_futures"
            | "gloo_net"
            | "futures_util"
            | "futures_core"
            | "futures_channel" => "bindings to the browser",
            _ => "Rust's library",
        };
        what.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Modules;

    #[test]
    fn a_function_is_of_the_module_that_it_is_made_for() {
        let modules = Modules::new().unwrap();
        let of = |name: &str| modules.of(name);
        assert_eq!(of("maqal::comments::composer::form::form"), "comments::composer");
        assert_eq!(of("<maqal_reading::text::bidi::Open as core::fmt::Debug>::fmt"), "text::bidi");
        assert_eq!(of("tachys::html::element::div::<maqal::ui::avatar::avatar::{closure#0}>"), "ui::avatar");
        assert_eq!(of("<reactive_graph::owner::Owner>::with::<()>"), "Leptos");
        assert_eq!(of("<alloc::string::String as core::clone::Clone>::clone"), "Rust's library");
        assert_eq!(of("__wbindgen_malloc"), "Rust's library");
    }
}
