//! What scripts of host pages do to the page's JavaScript: out of habit, by old libraries, or by mistake.

/// A script of a host page.
#[derive(Clone, Copy, Debug)]
pub struct Sabotage {
    /// What it does.
    pub name: &'static str,
    /// The body of a function, with `broken`, a function that throws, and `breakThese(object, names)`, which puts it in the
    /// place of these methods.
    pub script: &'static str,
    /// Whether the device keeps texts all the same.
    pub keeps: bool,
}

/// Before each of them.
pub const PRELUDE: &str = "const broken = function () { throw new Error('the page has broken this'); };
const breakThese = (object, names) => {
    for (const name of names.split(' ')) if (name in object) object[name] = broken;
};
";

const fn does(name: &'static str, script: &'static str) -> Sabotage {
    Sabotage { name, script, keeps: true }
}

const fn forgets(name: &'static str, script: &'static str) -> Sabotage {
    Sabotage { name, script, keeps: false }
}

/// All of them that need no library.
pub const SABOTAGES: &[Sabotage] = &[
    does("Array.prototype.map throws", "Array.prototype.map = broken"),
    does("Array.prototype.map is missing", "delete Array.prototype.map"),
    does("String.prototype.trim throws", "String.prototype.trim = broken"),
    does("String.prototype.trim is missing", "delete String.prototype.trim"),
    does("JSON.parse throws", "JSON.parse = broken"),
    does("JSON.parse is missing", "delete JSON.parse"),
    does("Promise.prototype.finally throws", "Promise.prototype.finally = broken"),
    does("Promise.prototype.finally is missing", "delete Promise.prototype.finally"),
    does("Element.prototype.remove throws", "Element.prototype.remove = broken"),
    does("Element.prototype.remove is missing", "delete Element.prototype.remove"),
    does(
        "what old polyfills bring for arrays throws",
        "breakThese(Array.prototype, 'map filter forEach reduce reduceRight some every indexOf lastIndexOf includes find findIndex findLast flat flatMap fill at entries keys');
        breakThese(Array, 'from of isArray'); breakThese(NodeList.prototype, 'forEach item'); breakThese(DOMTokenList.prototype, 'forEach toggle replace')",
    ),
    does(
        "what old polyfills bring for strings throws",
        "breakThese(String.prototype, 'trim trimStart trimEnd trimLeft trimRight includes startsWith endsWith repeat padStart padEnd replaceAll at codePointAt normalize matchAll substr');
        breakThese(String, 'raw fromCodePoint'); breakThese(Number, 'isInteger isNaN isFinite parseFloat parseInt'); breakThese(Math, 'trunc sign log10')",
    ),
    does(
        "what old polyfills bring for objects throws",
        "breakThese(Object, 'assign entries keys values fromEntries create is getOwnPropertyDescriptors'); breakThese(JSON, 'parse stringify'); breakThese(Function.prototype, 'bind')",
    ),
    does("what old polyfills bring for promises throws", "breakThese(Promise, 'all allSettled any race try withResolvers'); breakThese(Promise.prototype, 'finally')"),
    does(
        "what old polyfills bring for elements throws",
        "for (const type of [Element, CharacterData, Document, DocumentFragment]) breakThese(type.prototype, 'remove append prepend before after replaceWith replaceChildren');
        breakThese(Element.prototype, 'matches closest toggleAttribute getAttributeNames'); breakThese(Node.prototype, 'contains getRootNode'); breakThese(Event.prototype, 'composedPath')",
    ),
    does("what old polyfills bring for elements is missing", "for (const type of [Element, CharacterData, Document, DocumentFragment])
        for (const name of ['remove', 'append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'closest']) delete type.prototype[name]"),
    does("junk on Object.prototype", "Object.prototype.extend = function () {}; Object.prototype.each = broken; Object.prototype.size = 7; Object.prototype.junk = { a: 1 }"),
    does(
        "old library's methods on arrays, strings and functions, all of them enumerable",
        "for (const name of ['each', 'all', 'any', 'collect', 'detect', 'include', 'inject', 'invoke', 'max', 'min', 'pluck', 'reject', 'sortBy', 'clear', 'first', 'last', 'compact', 'flatten', 'without', 'uniq', 'clone', 'size'])
            Array.prototype[name] = function () { return this; };
        Array.prototype.toJSON = function () { return JSON.stringify(this.slice()); };
        String.prototype.toJSON = function () { return 'patched'; };
        Object.prototype.toJSON = undefined; delete Object.prototype.toJSON;
        Array.from = function (list) { const made = []; for (let at = 0; at < (list?.length ?? 0); at++) made.push(list[at]); return made; };
        Function.prototype.bind = function (object, ...before) { const act = this; return function () { return act.apply(object, before.concat([].slice.call(arguments))); }; };
        Array.prototype.reverse = function (inline) { return (inline === false ? this : [].concat(this)).sort(() => -1); };",
    ),
    does(
        "an old library's methods on elements",
        "for (const name of ['get', 'set', 'inject', 'adopt', 'getElements', 'hide', 'show', 'erase', 'destroy', 'dispose', 'grab', 'clone', 'fire', 'observe', 'update', 'toggle', 'visible'])
            Element.prototype[name] = HTMLElement.prototype[name] = function () { return this; };
        Event.prototype.stop = function () { this.preventDefault(); this.stopPropagation(); }; document.id = (id) => document.getElementById(id)",
    ),
    does("names of built-ins for the page's own", "window.Comment = window.Range = window.Card = window.Article = window.Reader = class {}"),
    does("frozen prototypes and globals", "for (const type of [Object, Array, Function, String, Number, Promise, Error, TypeError, RegExp, Map, Set, WeakMap, Element, HTMLElement, Node, Event, EventTarget, Document]) { Object.freeze(type.prototype); Object.freeze(type); }
        for (const object of [JSON, Math, Reflect, customElements, console]) Object.freeze(object)"),
    does("wrapped requests", "const { fetch } = window; window.fetch = async function (...given) { return fetch.apply(this, given); };
        const { open, send } = XMLHttpRequest.prototype; XMLHttpRequest.prototype.open = function (...given) { return open.apply(this, given); };
        XMLHttpRequest.prototype.send = function (...given) { return send.apply(this, given); }"),
    does("wrapped elements and shadow roots", "const { attachShadow, addEventListener } = Element.prototype, { createElement } = Document.prototype, { define } = CustomElementRegistry.prototype;
        Element.prototype.attachShadow = function (options) { return attachShadow.call(this, { ...options, mode: 'open' }); };
        Document.prototype.createElement = function (...given) { return createElement.apply(this, given); };
        document.createElement = function (name, ...more) { return createElement.call(document, name, ...more); };
        CustomElementRegistry.prototype.define = customElements.define = function (name, type, ...more) { return define.call(customElements, name, class extends type {}, ...more); };
        EventTarget.prototype.addEventListener = function (type, listener, options) { return addEventListener.call(this, type, typeof listener === 'function' ? function (event) { return listener.call(this, event); } : listener, options); }"),
    does("patched iterators", "const { [Symbol.iterator]: values } = Array.prototype; Array.prototype[Symbol.iterator] = function* () { for (let at = 0; at < this.length; at++) yield this[at]; }; NodeList.prototype[Symbol.iterator] = values"),
    does("no IntersectionObserver", "delete window.IntersectionObserver; delete window.IntersectionObserverEntry"),
    does("no ResizeObserver and no requestIdleCallback", "delete window.ResizeObserver; delete window.requestIdleCallback"),
    does("an IntersectionObserver that throws", "window.IntersectionObserver = broken"),
    does("a loader of modules (AMD, CommonJS)", "window.define = broken; window.define.amd = {}; window.require = broken; window.module = { exports: {} }; window.exports = window.module.exports; window.process = { env: {} }; window.global = window"),
    does("no random identifiers (an http: page)", "delete Crypto.prototype.randomUUID"),
    does("a console that throws", "for (const name of ['log', 'info', 'warn', 'error', 'debug']) console[name] = broken"),
    forgets("storage that throws", "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, { configurable: true, get: broken });
        Object.defineProperty(navigator, 'locks', { configurable: true, get: broken }); Object.defineProperty(document, 'cookie', { configurable: true, get: broken, set: broken })"),
    forgets("storage that is missing", "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, { configurable: true, value: undefined });
        Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined })"),
    forgets("storage that is full", "Storage.prototype.setItem = broken"),
];
