/**
 * The loader of <maqal-card>: a page includes this one module and pays for nothing else until a card nears the
 * viewport. Then glue, WebAssembly and styles stream in parallel from beside this file, once for all cards.
 *
 * The element shows its own children until the card stands ready, and again wherever it cannot.
 */

const NEAR = "800px"; // How far below the viewport a card begins to load.
const ATTRIBUTES = [
  "src", "item", "endpoint", "thread", "lang", "words", "theme", "comfort", "heading", "sort", "autoload", "email",
  "website",
];
const beside = (name) => new URL(name, import.meta.url);

/** What is loading or loaded; a failed load is forgotten, so that the next try is a new one. */
const loads = {};

function once(what, load) {
  loads[what] ??= load().catch((error) => {
    delete loads[what];
    throw error;
  });
  return loads[what];
}

let tries = 0;

async function glue() {
  const wasm = beside("maqal_bg.wasm");
  // Fetched beside the glue, not after it.
  const bytes = fetch(wasm, { credentials: "omit" });
  bytes.catch(() => {});
  // A browser may remember for good that an import failed: a further try has another address.
  const again = tries++ ? `?try=${tries}` : "";
  const module = await import(beside(`maqal.js${again}`));
  const response = await bytes;
  if (!response.ok) throw new Error(`${wasm} answered ${response.status}`);
  await module.default({ module_or_path: response });
  return module.Card;
}

async function css() {
  const response = await fetch(beside("maqal.css"), { credentials: "omit" });
  if (!response.ok) throw new Error(`maqal.css answered ${response.status}`);
  return response.text();
}

/** The languages that have a catalogue, in i18n/. */
const LANGUAGES = ["ar", "ckb", "en", "fa", "fr", "he", "tr", "ur"];
const RIGHT_TO_LEFT = /^(Arab|Aran|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg)$/;

/** The catalogue for an element: its language's, else Arabic or English by the way its language is written. */
function languageOf(element) {
  for (const raw of [element.getAttribute("lang"), element.parentElement?.closest("[lang]")?.getAttribute("lang")]) {
    try {
      const { language, script } = new Intl.Locale(raw.trim()).maximize();
      if (LANGUAGES.includes(language)) return language;
      return RIGHT_TO_LEFT.test(script) ? "ar" : "en";
    } catch {
      // Not a language tag: the element inherits one, as it does without.
    }
  }
  return "ar";
}

/** The words of a language. */
function words(language) {
  return once(`words ${language}`, async () => {
    const response = await fetch(beside(`i18n/${language}.json`), { credentials: "omit" });
    if (!response.ok) throw new Error(`the words of "${language}" answered ${response.status}`);
    return response.json();
  });
}

/** Whenever an element may have another language: it keeps its words until it has those. */
async function translate(element) {
  if (!states.get(element)?.card) return; // It asks for them when it loads.
  const language = languageOf(element);
  try {
    const them = await words(language);
    if (languageOf(element) === language) states.get(element)?.card?.setWords(them);
  } catch (error) {
    tryLater(element);
    report(element, "load", `<maqal-card>: the card keeps its language: ${error?.message ?? error}`);
  }
}

function report(element, code, message) {
  console.error(message, element);
  const detail = { code, attribute: null, message };
  element.dispatchEvent(new CustomEvent("maqal:error", { bubbles: true, composed: true, detail }));
}

/** One sheet for each document: a constructed sheet is adopted by its own document only. */
const sheets = new WeakMap();

async function sheetOf(document) {
  try {
    const text = await once("css", css);
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

/**
 * Until article and comments are there, a card holds a screen's height, so that what follows it does not move when they
 * come. Afterwards that ends where nobody sees it: at once, if nothing moves; else with the reader's next action.
 */
const floors = new WeakMap();
const SETTLED = ["maqal:ready", "maqal:count", "maqal:error"];
const UNSETTLED = ".waiting, .skeleton, .card[hidden]"; // What shows that something is still on its way.

function hold(element) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  if (!root.firstChild) root.append(element.ownerDocument.createElement("slot"));
  let floor = floors.get(element.ownerDocument);
  if (!floor) {
    floor = new element.ownerDocument.defaultView.CSSStyleSheet();
    floor.replaceSync(":host{display:flow-root;min-block-size:100svh}:host([hidden]){display:none}");
    floors.set(element.ownerDocument, floor);
  }
  root.adoptedStyleSheets = [floor, ...root.adoptedStyleSheets];
  const drop = () => {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((sheet) => sheet !== floor);
    for (const name of ["pointerdown", "keydown"]) removeEventListener(name, drop, true);
  };
  const settled = () => {
    // A frame later the card shows what has come.
    requestAnimationFrame(() => {
      if (root.querySelector(UNSETTLED)) return;
      for (const name of SETTLED) element.removeEventListener(name, settled);
      const { top } = element.getBoundingClientRect();
      const bottoms = [...root.children].map((child) => child.getBoundingClientRect().bottom);
      const natural = Math.max(...bottoms) - top;
      if (natural >= innerHeight || top + natural >= innerHeight) drop();
      else for (const name of ["pointerdown", "keydown"]) addEventListener(name, drop, true);
    });
  };
  for (const name of SETTLED) element.addEventListener(name, settled);
}

const observer =
  typeof IntersectionObserver === "function"
    ? new IntersectionObserver(
        (entries) => {
          for (const entry of entries) if (entry.isIntersecting) begin(entry.target);
        },
        { rootMargin: NEAR },
      )
    : undefined;

/** What each element is doing: `card` once it stands, `wanted` while it loads. */
const states = new WeakMap();

/** Elements that could not be loaded, or translated; they are tried again when the network is back, and after a while. */
const failed = new Set();
let rounds = 0;
const PAUSE = 10_000; // Milliseconds before a failed load is tried again; each time twice as long.

function retry() {
  const again = [...failed];
  failed.clear();
  for (const element of again) {
    if (states.get(element)?.card) translate(element);
    else begin(element);
  }
}

function tryLater(element) {
  if (!failed.size) setTimeout(retry, PAUSE * 2 ** Math.min(rounds++, 6));
  failed.add(element);
}

addEventListener("online", retry);

async function begin(element) {
  observer?.unobserve(element);
  failed.delete(element);
  const state = states.get(element);
  if (!state || state.card || state.wanted) return;
  state.wanted = true;
  try {
    const language = languageOf(element);
    const loading = [once("glue", glue), sheetOf(element.ownerDocument), words(language)];
    const [Card, sheet, them] = await Promise.all(loading);
    state.wanted = false;
    if (element.isConnected && !state.card) {
      state.card = Card.attach(element, sheet, them);
      if (languageOf(element) !== language) translate(element);
      if (identities.has(element)) state.card.setIdentity(identities.get(element));
    }
  } catch (error) {
    state.wanted = false;
    // Whatever was begun, the element's own children show.
    element.shadowRoot?.replaceChildren(element.ownerDocument.createElement("slot"));
    const forbidden = error instanceof WebAssembly.CompileError && /Content Security Policy/i.test(error.message);
    const way = forbidden ? ". Add 'wasm-unsafe-eval' to the page's script-src." : "";
    // A policy does not change while the page lives.
    if (!forbidden && element.isConnected) tryLater(element);
    report(element, "load", `<maqal-card>: the card could not be loaded: ${error?.message ?? error}${way}`);
  }
}

function end(element) {
  const state = states.get(element);
  const card = state?.card;
  if (!card) return;
  state.card = undefined;
  card.detach();
}

/** The host page's word for its reader, never in an attribute: a token has no place in the page's markup. */
const identities = new WeakMap();

class MaqalCard extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  connectedCallback() {
    for (const name of [...ATTRIBUTES, "identity"]) upgrade(this, name);
    if (!states.has(this)) {
      states.set(this, { card: undefined, wanted: false });
      try {
        hold(this);
      } catch {
        // An old browser without constructed sheets: things move, and that is all.
      }
    }
    const { card } = states.get(this);
    // Moved: it stands as it was, but may inherit another language.
    if (card) {
      card.attributeChanged();
      translate(this);
      return;
    }
    // An address that leads to a comment leads to a card, however far down it is.
    if (observer && !location.hash.startsWith("#maqal-")) observer.observe(this);
    else begin(this);
  }

  disconnectedCallback() {
    observer?.unobserve(this);
    failed.delete(this);
    // A move is a removal and an insertion in one turn: only what is still away afterwards has left.
    queueMicrotask(() => this.isConnected || end(this));
  }

  /** In another document the styles are another sheet. */
  adoptedCallback() {
    end(this);
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    states.get(this)?.card?.attributeChanged();
    if (name === "lang") translate(this);
  }

  /** The reader, as the host page's server signed it (a JSON Web Token), or null: the comment server verifies it. */
  get identity() {
    return identities.get(this) ?? null;
  }

  set identity(token) {
    if (token === null || token === undefined) identities.delete(this);
    else identities.set(this, String(token));
    states.get(this)?.card?.setIdentity(this.identity ?? undefined);
  }

  /** Loads the article and the conversation again. */
  reload() {
    const card = states.get(this)?.card;
    if (card) card.reload();
    else if (this.isConnected) begin(this);
  }
}

// Each attribute is a property too; `lang` is every element's already.
for (const name of ATTRIBUTES.filter((name) => name !== "lang")) {
  Object.defineProperty(MaqalCard.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else if (name === "words" && typeof value === "object") this.setAttribute(name, JSON.stringify(value));
      else this.setAttribute(name, value === true ? "" : value);
    },
  });
}

/** A property that was set before the element was defined takes its place as ours. */
function upgrade(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  delete element[name];
  element[name] = value;
}

/** How many comments an article has; see count.js, which a page without such an element never loads. */
class MaqalCount extends HTMLElement {
  static observedAttributes = ["thread", "endpoint", "lang"];

  connectedCallback() {
    // The numbers of a page are asked for together, whatever languages they are told in.
    const them = words(languageOf(this));
    them.catch(() => {}); // Whoever waits for them is told.
    once("count", () => import(beside("count.js"))).then(({ ask }) => this.isConnected && ask(this, them), console.error);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.connectedCallback();
  }
}

// A second copy of this module, or another version of it, is no error: the first one stays.
for (const [name, element] of [["maqal-card", MaqalCard], ["maqal-count", MaqalCount]]) {
  if (!customElements.get(name)) customElements.define(name, element);
}
