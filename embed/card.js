/**
 * The life of cards once one of them has come near the viewport: what they share is loaded once, each element has its card at
 * first sight (`sight.js`), then the whole one, follows its language, and where the WebAssembly breaks a new instance takes the
 * place of the broken one.
 */
import { beside, compile, once, quiet } from "./once.js";
import { show, usual } from "./sight.js";
import { firstWords, languageOf, words } from "./words.js";

/** What embed.js gives: `begin`, `report` and `tryLater` of an element's state, and what it has begun to load. */
let loader;
let isWholeHere = false; // Then cards need no first sight.
let tries = 0;

/** Begins; gives embed.js what it calls. */
export function start(given) {
  loader = given;
  quiet(given.wasm);
  return { open, moved, left, changed };
}

/** Takes the WebAssembly that embed.js has begun to load: once. */
function given() {
  const { wasm } = loader;
  loader.wasm = undefined;
  return wasm;
}

// `cargo xtask stage` writes what these are: a request for each would cost its reader a round trip.
const SHEET = "";
const WORDS = { __proto__: null };
const glueOf = () => undefined;

/** What shows first: a module for articles that are fetched, another for those in markup. */
const loaderOf = (name) => once(async () => {
  const compiled = await compile(`${name}_bg.wasm`, name === loader.name ? given() : undefined);
  const glue = glueOf();
  await glue.start({ module_or_path: compiled });
  return glue;
});
const modules = { first: loaderOf("first"), markup: loaderOf("markup") };

/** Texts that the device would not keep: they outlive an instance, as drafts do. */
const memory = new Map();

/** Whether the page's policy (CSP) lets WebAssembly be compiled and run: an empty module tells. WebKit forbids the second only. */
const mayCompile = once(async () => {
  try {
    const empty = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    return Boolean(new WebAssembly.Instance(empty));
  } catch {
    return false;
  }
});

/** One sheet for each document: a constructed sheet is adopted by its own document only. */
const sheets = new WeakMap();

function sheetOf(document) {
  try {
    if (!sheets.has(document)) {
      const sheet = new document.defaultView.CSSStyleSheet();
      sheet.replaceSync(SHEET);
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

/** Whole cards, and what each of them needs. */
const whole = once(async () => {
  const again = tries++ ? `?try=${tries}` : "";
  const { life } = await import(beside(`whole.js${again}`));
  isWholeHere = true;
  return life({ loader, memory, standing, sheets, SHEET, sheetOf, settle, left, translate });
});

/** Loads what the card of a state needs, and shows it. An error that is `final` will be the same next time. */
async function open(state) {
  const { element } = state;
  const language = languageOf(element);
  const canCompile = await mayCompile();
  const wanted = isWholeHere || !canCompile ? undefined : usual(state, memory, loader);
  if (wanted) {
    const module = modules[wanted.src ? "first" : "markup"]();
    quiet(module);
    const them = WORDS[language] ?? (await firstWords(language));
    if (!element.isConnected || state.card) return;
    const card = await show(state, wanted, { module, sheet: sheetOf(element.ownerDocument), words: them, memory, loader, bring });
    if (!element.isConnected || state.card) return card?.detach();
    if (card) {
      standing.set(state, { own: { isBroken: false }, them });
      state.card = card;
      // It may have told all that it has to tell already.
      settle(state)();
      // A choice that was made meanwhile is the whole card's to follow.
      if (isWholeHere) card.bring();
    }
  } else quiet(given());
  if (!state.card) await (await whole())[canCompile ? "open" : "openFrame"](state);
  if (state.identity !== null) state.card?.setIdentity(state.identity);
  if (languageOf(element) !== language) translate(state);
}

/** The whole card comes for one that stands at first sight. */
async function bring(state) {
  const { card, element } = state;
  if (state.isComing) return;
  state.isComing = true;
  try {
    const { bring } = await whole();
    await bring(state);
  } catch (error) {
    if (state.card === card) card.wait();
    loader.tryLater(state, (it) => it.card === card && card.bring());
    loader.report(element, "load", `<maqal-card>: the whole card could not be loaded: ${error?.message ?? error}`);
  }
  state.isComing = false;
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
const UNSETTLED = ".waiting, .all[hidden] ~ .foot .skeleton, .card[hidden]"; // What shows that there is no article, or no comments yet.
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
  return settled;
}
