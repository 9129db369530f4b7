/**
 * The life of cards once one of them has come near the viewport: what they share is loaded once, each element has its
 * card attached, follows its language, and where the WebAssembly breaks a new instance takes the place of the broken one.
 */
import { languageOf, words } from "./words.js";

const beside = (name) => new URL(name, import.meta.url);

/** What embed.js gives: `begin`, `report` and `tryLater` of an element's state, and what it has begun to load. */
let loader;

/** Begins; gives embed.js what it calls. */
export function start(given) {
  loader = given;
  for (const promise of [given.glue, given.wasm]) quiet(promise);
  return { open, moved, left, changed };
}

/** A promise whose failure is told to whoever waits for it, and to nobody else. */
async function quiet(promise) {
  try {
    await promise;
  } catch {
    // See above.
  }
}

/** Loads something once; a failed load is forgotten, so that the next try is a new one. */
function once(load) {
  let promise;
  return async () => {
    promise ??= load();
    const mine = promise;
    try {
      return await mine;
    } catch (error) {
      if (promise === mine) promise = undefined;
      throw error;
    }
  };
}

async function ok(response, name) {
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  return response;
}

/** Takes what embed.js has begun to load: once. */
function given(name) {
  const promise = loader[name];
  loader[name] = undefined;
  return promise;
}

/** The compiled WebAssembly: it outlives an instance that breaks. Some servers do not know its MIME type. */
const code = once(async () => {
  const name = "maqal_bg.wasm";
  const response = await ok(await (given("wasm") ?? fetch(beside(name), { credentials: "omit" })), name);
  const streams = WebAssembly.compileStreaming && /^application\/wasm\b/i.test(response.headers.get("content-type"));
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
});

/** Texts that the device would not keep: they outlive an instance, as drafts do. */
const memory = new Map();

let instance; // The one that new cards get, or its promise.
let instances = 0;

/** Whether the page's policy (CSP) lets WebAssembly be compiled and run: an empty module tells. WebKit forbids the second only. */
function mayCompile() {
  try {
    const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    return Boolean(new WebAssembly.Instance(empty));
  } catch {
    return false;
  }
}

/** An instance of the WebAssembly. Its glue is a module that can be had once only, unless by another address. */
async function instantiate() {
  try {
    const again = instances++ ? `?instance=${instances}` : "";
    const compiled = code();
    quiet(compiled);
    const glue = await (given("glue") ?? import(beside(`maqal.js${again}`)));
    await glue.default({ module_or_path: await compiled });
    const own = { Card: glue.Card, keepPlaces: glue.keepPlaces, lastWords: undefined, isBroken: false };
    glue.start(memory, (message, host) => {
      own.lastWords = { message, host };
    });
    glue.whenBroken((error, host) => broke(own, error, host));
    return own;
  } catch (error) {
    instance = undefined;
    throw error;
  }
}

const looks = once(async () => {
  const name = "maqal.css";
  return (await ok(await fetch(beside(name), { credentials: "omit" }), name)).text();
});

/** One sheet for each document: a constructed sheet is adopted by its own document only. */
const sheets = new WeakMap();

async function sheetOf(document) {
  try {
    const text = await looks();
    if (!sheets.has(document)) {
      const sheet = new document.defaultView.CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(document, sheet);
    }
    return sheets.get(document);
  } catch (error) {
    // A card without its looks is still a card.
    console.error("<maqal-card>: no styles:", error);
    return undefined;
  }
}

/** The states of elements whose card stands, each with its instance and its words. */
const standing = new Map();
let attaching; // The state whose card is being attached.

/** Loads what the card of a state needs, and attaches it. An error that is `final` will be the same next time. */
async function open(state) {
  const { element } = state;
  const language = languageOf(element);
  if (!mayCompile()) return openFrame(state, language);
  const [sheet, phrases] = [sheetOf(element.ownerDocument), words(language)];
  quiet(phrases);
  quiet((instance ??= instantiate()));
  const [looks, them] = [await sheet, await phrases];
  const own = await (instance ??= instantiate());
  if (!element.isConnected || state.card) return;
  // Another card has broken it a moment ago.
  if (own.isBroken) return open(state);
  settle(state);
  attaching = state;
  try {
    standing.set(state, { own, them });
    state.card = own.Card.attach(element, looks, them);
    own.keepPlaces(element.shadowRoot);
  } catch (error) {
    // A broken instance has said so already.
    if (!standing.delete(state)) return;
    throw error;
  } finally {
    attaching = undefined;
  }
  if (state.identity !== null) state.card.setIdentity(state.identity);
  if (languageOf(element) !== language) translate(state);
}

/** What frames need that hold cards where the page's policy forbids WebAssembly. */
const framing = once(async () => {
  const glue = "maqal.js";
  const name = "maqal_bg.wasm";
  quiet(given("glue")); // It was of no use.
  const [{ attach }, text, wasm, sheet] = await Promise.all([
    import(beside("frame.js")),
    fetch(beside(glue), { credentials: "omit" }),
    given("wasm") ?? fetch(beside(name), { credentials: "omit" }),
    looks(),
  ]);
  const code = (await ok(wasm, name)).arrayBuffer();
  return { attach, glue: await (await ok(text, glue)).text(), wasm: await code, looks: sheet, memory };
});

/** As [`open`], in a frame. */
async function openFrame(state, language) {
  const { element } = state;
  const phrases = words(language);
  quiet(phrases);
  const { attach, ...shared } = await framing();
  const [sheet, them] = [await sheetOf(element.ownerDocument), await phrases];
  if (!element.isConnected || state.card) return;
  settle(state);
  const own = { isBroken: false, lastWords: undefined };
  standing.set(state, { own, them });
  const identity = state.identity ?? undefined;
  const hear = {
    broke(error) {
      const root = element.shadowRoot;
      if (sheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      broke(own, error, element);
    },
    failed(error) {
      left(state);
      state.drop();
      if (!error.final) loader.tryLater(state, loader.begin);
      loader.report(element, "load", `<maqal-card>: the card could not be loaded: ${error.message}`);
    },
  };
  state.card = attach(element, { ...shared, words: them, identity, ...hear });
  if (languageOf(element) !== language) translate(state);
}

/** Moved: it stands as it was, but may inherit another language. */
function moved(state) {
  state.card.attributeChanged();
  translate(state);
}

function changed(state, name) {
  state.card?.attributeChanged();
  if (name === "lang") translate(state);
}

function left(state) {
  const { card } = state;
  state.card = undefined;
  standing.delete(state);
  state.unsettle?.();
  card?.detach();
}

/** Whenever an element may have another language: it keeps its words until it has those. */
async function translate(state) {
  const { element } = state;
  if (!state.card) return;
  const language = languageOf(element);
  try {
    const them = await words(language);
    if (languageOf(element) !== language || !state.card) return;
    standing.get(state).them = them;
    state.card.setWords(them);
  } catch (error) {
    loader.tryLater(state, translate);
    loader.report(element, "load", `<maqal-card>: the card keeps its language: ${error?.message ?? error}`);
  }
}

/**
 * Once article and comments are there, the card holds a screen's height no longer: at once, if nothing moves; else with
 * the reader's next action.
 */
const SETTLED = ["maqal:ready", "maqal:count", "maqal:error"];
const UNSETTLED = ".waiting, .skeleton, .card[hidden]"; // What shows that something is still on its way.
const ACTIONS = ["pointerdown", "keydown"];

function settle(state) {
  const { element } = state;
  const root = element.shadowRoot;
  // A card that leaves before it is settled leaves nothing that waits for it.
  state.unsettle?.();
  state.unsettle = () => {
    for (const name of SETTLED) element.removeEventListener(name, settled);
    for (const name of ACTIONS) removeEventListener(name, drop, true);
  };
  const drop = () => {
    state.drop();
    state.unsettle();
  };
  const settled = () => {
    // A frame later the card shows what has come.
    requestAnimationFrame(() => {
      if (!state.card || root.querySelector(UNSETTLED)) return;
      state.unsettle();
      const { top } = element.getBoundingClientRect();
      let natural = 0;
      for (const child of root.children) natural = Math.max(natural, child.getBoundingClientRect().bottom - top);
      if (natural >= innerHeight || top + natural >= innerHeight) drop();
      else for (const name of ACTIONS) addEventListener(name, drop, true);
    });
  };
  for (const name of SETTLED) element.addEventListener(name, settled);
}

const SOON = 10_000; // Milliseconds: who breaks again by then is not taken up again without being asked.
let lastBreak = -SOON;

/**
 * An instance has broken (a panic, a trap), and nothing calls it any more. The card that broke it shows its element's
 * children and a button; the others go over to a new instance. `host` is the element at fault, where that is known.
 */
function broke(own, error, host) {
  own.isBroken = true;
  instance = undefined;
  const culprit = own.lastWords?.host ?? host ?? attaching?.element;
  const message = `<maqal-card>: the card broke: ${own.lastWords?.message ?? error?.message ?? error}`;
  const states = [];
  for (const [state, { own: its }] of [...standing]) if (its === own) states.push(state);
  // Whose fault it was may be unknown: then all go on, unless that has just been tried.
  const again = performance.now() - lastBreak < SOON;
  lastBreak = performance.now();
  for (const state of states) {
    const { element } = state;
    const { them } = standing.get(state) ?? {};
    standing.delete(state);
    state.card = undefined;
    const isCulprit = culprit ? culprit === element : again || states.length === 1;
    try {
      showChildren(state, isCulprit ? them : undefined);
    } catch (error) {
      console.error(error); // A page that breaks one element does not break the others.
    }
    if (isCulprit) loader.report(element, "broken", message);
    else setTimeout(loader.begin, 0, state); // It may be at the end of its own beginning.
  }
  if (!culprit && !again && states.length > 1) console.error(message);
}

/** Leaves the element's children in the shadow root, with a button that loads the card again where `them` are words. */
function showChildren(state, them) {
  const { element } = state;
  const root = element.shadowRoot;
  const document = root.ownerDocument;
  const make = (tag, className, ...children) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  };
  const copy = (className) => root.querySelector(`.${className}`)?.cloneNode() ?? make("div", className);
  const [container, card] = [copy("container"), copy("card")];
  root.replaceChildren(document.createElement("slot"));
  if (!them) return;
  const button = make("button", "", them.card_reload);
  button.type = "button";
  button.addEventListener("click", () => loader.begin(state));
  const notice = make("div", "note bad", make("p", "", them.card_broken), make("div", "actions", button));
  notice.setAttribute("part", "notice");
  notice.setAttribute("role", "alert");
  card.hidden = false;
  card.lang ||= them.language;
  card.dir ||= "auto";
  card.classList.add("broken");
  card.append(notice);
  container.append(card);
  root.append(make("div", "maqal", container));
}
