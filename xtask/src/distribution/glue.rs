//! wasm-bindgen's glue, made fit for pages whose scripts we do not know: built-ins are called as the browser made them, and
//! each call into WebAssembly is watched (`embed/intact.js` says how); the texts of the view keep their places
//! (`embed/places.js`). Done on the text that wasm-bindgen writes, so each rule must find what it is for: a new
//! wasm-bindgen that writes otherwise is an error, not a hole.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use regex_lite::{Captures, Regex};

/// What hosts wrap on purpose, or what is the page's own business: called as the host has it.
const AS_THE_HOST_HAS_IT: [&str; 31] = [
    "abort",
    "cancel",
    "clearInterval",
    "clearTimeout",
    "debug",
    "error",
    "execCommand",
    "getComputedStyle",
    "getItem",
    "getRandomValues",
    "getSelection",
    "getVoices",
    "info",
    "key",
    "log",
    "matchMedia",
    "now",
    "parse",
    "random",
    "removeItem",
    "requestAnimationFrame",
    "resume",
    "scrollBy",
    "scrollIntoView",
    "setInterval",
    "setItem",
    "setTimeout",
    "share",
    "speak",
    "warn",
    "writeText",
];

/// How the view touches the nodes of the page, and how it is to: by `embed/places.js`. Of each the name, what it is
/// written as, and what is written instead.
const PLACES: [(&str, &str, &str); 8] = [
    (
        "Node.nodeValue",
        r"\barg0\.nodeValue = (arg1 === 0 \? undefined : getStringFromWasm0\(.*\));",
        "const text = $1; $$write(arg0, text).nodeValue = text;",
    ),
    ("Node.textContent", r"\barg0\.textContent = ", "$$empties(arg0).textContent = "),
    ("Node.parentNode", r"\barg0\.parentNode;", "$$placed(arg0).parentNode;"),
    ("Document.createTextNode", r"\barg0\.createTextNode\((.*)\);", "$$made(arg0.createTextNode($1));"),
    ("Node.insertBefore", r"\barg0\.insertBefore\(", "$$insert(arg0, "),
    ("Element.remove", r"\barg0\.remove\(\);", "$$out(arg0); arg0.remove();"),
    ("Node.removeChild", r"\barg0\.removeChild\(arg1\)", "arg0.removeChild($$out(arg1))"),
    ("Node.replaceChild", r"\barg0\.replaceChild\(arg1, arg2\)", "arg0.replaceChild(arg1, $$out(arg2))"),
];

/// The glue with `intact`, the text of what goes before it (`embed/intact.js`, `embed/places.js`).
///
/// # Errors
/// When the glue is not as we know it.
pub fn harden(glue: &str, intact: &str) -> Result<String> {
    let start = glue.find("function __wbg_get_imports()").context("the glue has no function __wbg_get_imports")?;
    let length = glue[start..].find("\n}\n").context("the glue's function __wbg_get_imports has no end")?;
    let (before, rest) = glue.split_at(start);
    let (imports, after) = rest.split_at(length);

    let mut imports = imports.to_owned();
    for (what, written, instead) in PLACES {
        imports = replaced(&Regex::new(written)?, &imports, instead, what)?;
    }
    let locks = Regex::new(r"\barg0\.request\(")?;
    let imports = replaced(&locks, &imports, "$$request(arg0, ", "navigator.locks.request")?;
    let streams = Regex::new(r"new EventSource\((.*)\);")?;
    let imports = replaced(&streams, &imports, "$$stream(new EventSource($1));", "new EventSource")?;
    let mut names = BTreeSet::new();
    // What elements of forms hide by their names is asked for by way of the prototype.
    let hidden = Regex::new(r"\b[A-Z]\w*\.prototype\.(\w+)\.call\((arg\d+)")?;
    let imports = hidden.replace_all(&imports, |call: &Captures<'_>| {
        names.insert(call[1].to_owned());
        format!("own_{}({}", &call[1], &call[2])
    });
    let calls = Regex::new(r"\b(arg\d+|Array|Number|Object|Promise|Reflect|__wbindgen_enum_\w+)\.([A-Za-z]\w*)\(")?;
    let imports = calls.replace_all(&imports, |call: &Captures<'_>| {
        let (whole, object, name) = (&call[0], &call[1], &call[2]);
        if AS_THE_HOST_HAS_IT.contains(&name) {
            return whole.to_owned();
        }
        names.insert(name.to_owned());
        format!("own_{name}({object}, ")
    });
    if names.is_empty() {
        bail!("the glue calls no built-in as we know it");
    }

    let create = Regex::new(r"\bObject\.create\(")?;
    let before = replaced(&create, before, "own_create(Object, ", "Object.create")?;
    names.insert("create".to_owned());
    let apply = Regex::new(r"\bf\.apply\(this, args\)")?;
    let after = replaced(&apply, after, "$$call(f, this, args)", "handleError")?;
    let exports = Regex::new(r"\bwasm = instance\.exports;")?;
    let after = replaced(&exports, &after, "wasm = $$guard(instance.exports);", "instance.exports")?;
    let own: Vec<String> = names.iter().map(|name| format!("own_{name} = $own(\"{name}\")")).collect();
    Ok(format!("{intact}\nconst {};\n{before}{imports}{after}", own.join(", ")))
}

fn replaced(pattern: &Regex, text: &str, with: &str, what: &str) -> Result<String> {
    if !pattern.is_match(text) {
        bail!("wasm-bindgen writes its glue otherwise than we know: `{what}` is not found");
    }
    Ok(pattern.replace_all(text, with).into_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::distribution) const GLUE: &str = "export class Card {
    static __wrap(ptr) {
        const obj = Object.create(Card.prototype);
    }
}
function __wbg_get_imports() {
    const import0 = {
        __wbg_remove_1: function(arg0) {
            arg0.remove();
        },
        __wbg_nodeValue_7: function(arg0, arg1, arg2) {
            arg0.nodeValue = arg1 === 0 ? undefined : getStringFromWasm0(arg1, arg2);
        },
        __wbg_textContent_8: function(arg0, arg1, arg2) {
            arg0.textContent = arg1 === 0 ? undefined : getStringFromWasm0(arg1, arg2);
        },
        __wbg_parentNode_9: function(arg0) {
            const ret = arg0.parentNode;
        },
        __wbg_createTextNode_10: function(arg0, arg1, arg2) {
            const ret = arg0.createTextNode(getStringFromWasm0(arg1, arg2));
        },
        __wbg_insertBefore_11: function(arg0, arg1, arg2) {
            const ret = arg0.insertBefore(arg1, arg2);
        },
        __wbg_removeChild_12: function(arg0, arg1) {
            const ret = arg0.removeChild(arg1);
        },
        __wbg_replaceChild_13: function(arg0, arg1, arg2) {
            const ret = arg0.replaceChild(arg1, arg2);
        },
        __wbg_get_2: function() { return handleError(function (arg0, arg1) {
            const ret = Reflect.get(arg0, arg1);
            return ret;
        }, arguments); },
        __wbg_setTimeout_3: function(arg0, arg1) {
            const ret = arg0.setTimeout(arg1);
            return ret;
        },
        __wbg_getAttributeNames_7: function(arg0) {
            const ret = Element.prototype.getAttributeNames.call(arg0);
            return ret;
        },
        __wbg_visibilityState_8: function(arg0) {
            return (__wbindgen_enum_VisibilityState.indexOf(arg0.visibilityState) + 1 || 3) - 1;
        },
        __wbg__wbg_cb_unref_4: function(arg0) {
            arg0._wbg_cb_unref();
        },
        __wbg_request_5: function(arg0, arg1, arg2, arg3, arg4) {
            const ret = arg0.request(getStringFromWasm0(arg1, arg2), arg3, arg4);
            return ret;
        },
        __wbg_new_6: function() { return handleError(function (arg0, arg1) {
            const ret = new EventSource(getStringFromWasm0(arg0, arg1));
            return ret;
        }, arguments); },
    };
}
function handleError(f, args) {
    return f.apply(this, args);
}
function __wbg_finalize_init(instance, module) {
    wasm = instance.exports;
}
";

    #[test]
    fn built_ins_are_called_as_the_browser_made_them() {
        let glue = harden(GLUE, "/* intact */").unwrap();
        assert!(
            glue.starts_with("/* intact */\nconst own_create = $own(\"create\"), own_createTextNode = $own(\"createTextNode\"), own_get"),
            "{glue}"
        );
        assert!(glue.contains("own_create(Object, Card.prototype)"), "{glue}");
        assert!(glue.contains("own_getAttributeNames(arg0);"), "{glue}");
        assert!(glue.contains("own_indexOf(__wbindgen_enum_VisibilityState, arg0.visibilityState)"), "{glue}");
        assert!(glue.contains("own_remove(arg0, );") && glue.contains("own_get(Reflect, arg0, arg1);"), "{glue}");
        assert!(glue.contains("$call(f, this, args)"), "{glue}");
    }

    #[test]
    fn the_texts_of_the_view_keep_their_places() {
        let glue = harden(GLUE, "").unwrap();
        for line in [
            "const text = arg1 === 0 ? undefined : getStringFromWasm0(arg1, arg2); $write(arg0, text).nodeValue = text;",
            "$empties(arg0).textContent = arg1",
            "= $placed(arg0).parentNode;",
            "= $made(own_createTextNode(arg0, getStringFromWasm0(arg1, arg2)));",
            "= $insert(arg0, arg1, arg2);",
            "$out(arg0); own_remove(arg0, );",
            "= own_removeChild(arg0, $out(arg1));",
            "= own_replaceChild(arg0, arg1, $out(arg2));",
        ] {
            assert!(glue.contains(line), "{line} in {glue}");
        }
    }

    #[test]
    fn what_hosts_wrap_on_purpose_and_the_glues_own_stay() {
        let glue = harden(GLUE, "").unwrap();
        assert!(glue.contains("arg0.setTimeout(arg1)") && glue.contains("arg0._wbg_cb_unref()"), "{glue}");
    }

    #[test]
    fn calls_into_the_instance_are_watched_and_what_it_holds_ends_with_it() {
        let glue = harden(GLUE, "").unwrap();
        assert!(glue.contains("wasm = $guard(instance.exports);"), "{glue}");
        assert!(glue.contains("$request(arg0, getStringFromWasm0(arg1, arg2), arg3, arg4)"), "{glue}");
        assert!(glue.contains("$stream(new EventSource(getStringFromWasm0(arg0, arg1)));"), "{glue}");
    }

    #[test]
    fn glue_of_another_shape_is_an_error() {
        for known in
            ["wasm = instance.exports;", "f.apply(this, args)", "new EventSource(", "arg0.request(", "arg0.parentNode;"]
        {
            let error = harden(&GLUE.replace(known, "otherwise()"), "").unwrap_err();
            assert!(error.to_string().contains("otherwise than we know"), "{error}");
        }
        assert!(harden("", "").is_err());
    }
}
