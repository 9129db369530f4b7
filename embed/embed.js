/**
 * Defines <maqal-card> and <maqal-count>: all that a page pays for until a card nears the viewport. Then card.js, glue and
 * WebAssembly come in parallel, once for all cards. The element shows its own children until the card stands.
 */
const FOLDER = "./"; // Of all else, from here. `cargo xtask stage` writes its immutable name.
const ATTRIBUTES = [
  "src", "item", "endpoint", "thread", "lang", "words", "theme", "comfort", "heading", "sort", "autoload", "email",
  "website",
];
const PAUSE = 10_000; // Milliseconds before a failed load is tried again; each time twice as long.
const LONGEST = 20_000; // Milliseconds that an answer may take.
/** What `src` may answer with, by preference; a longer value would cost each load a CORS preflight (Fetch Standard). */
const ACCEPT = "application/ld+json,application/feed+json,application/json,application/atom+xml,application/rss+xml,text/html,text/plain,*/*";
const beside = (name) => new URL(FOLDER + name, import.meta.url);

/** What a host has replaced by then is not what we call. */
const { define } = customElements;
const { hasOwnProperty } = Object.prototype;
const { apply } = Reflect;

let life; // What card.js gives, or its promise.
let tries = 0;

async function load({ element }) {
  // A browser may remember for good that an import failed: a further try has another address.
  const again = tries++ ? `?try=${tries}` : "";
  // An article in markup has a module of its own.
  const name = element.hasAttribute("src") ? "first" : "markup";
  const wasm = fetch(beside(`${name}_bg.wasm`), { credentials: "omit" });
  // The first use of `Intl` takes a slow device fifty milliseconds: now there is nothing else to do.
  setTimeout(() => Intl.NumberFormat.supportedLocalesOf("ar"));
  try {
    const { start } = await import(beside(`card.js${again}`));
    return start({ name, wasm, begin, report, tryLater, askForArticle, askForPage });
  } catch (error) {
    wasm.catch(() => {});
    life = undefined;
    throw error;
  }
}

/** A plain request: its address, and the promise of its answer. */
function ask(url, accept, cache) {
  const sent = fetch(url, { cache, headers: { Accept: accept }, credentials: "omit", referrerPolicy: "strict-origin-when-cross-origin", signal: AbortSignal.timeout?.(LONGEST) });
  const asked = { url, sent, hasFailed: false };
  // Whoever wants the answer is told; what the network lost is asked for again.
  sent.catch(({ name }) => (asked.hasFailed = name !== "TimeoutError"));
  return asked;
}

const askForArticle = (url) => ask(url, ACCEPT);

/** The first page of a conversation, anew: a reader who comes back finds there what they wrote. */
function askForPage(endpoint, thread, sort) {
  const url = new URL(endpoint);
  url.searchParams.append("thread", thread);
  url.searchParams.append("sort", sort ?? "newest");
  return ask(url.href, "application/json", "no-cache");
}

/** What the card shows is asked for while all else is on its way, as far as its attributes tell what that is. */
function askEarly({ element }) {
  const get = (name) => element.getAttribute(name)?.trim();
  const asked = {};
  try {
    const [src, endpoint, thread] = [get("src"), get("endpoint"), get("thread")];
    if (src) asked.article = askForArticle(new URL(src, element.baseURI).href.split("#")[0]);
    if (endpoint && thread && !isSought()) asked.page = askForPage(new URL(endpoint, element.baseURI), thread, get("sort"));
  } catch {
    // The card says what is wrong with them.
  }
  return asked;
}

/** An address that leads to a comment leads to a card, however far down it is. */
const isSought = () => /^#maqal-/.test(location.hash);

function report(element, code, message) {
  console.error(message, element);
  const detail = { code, attribute: null, message };
  element.dispatchEvent(new CustomEvent("maqal:error", { bubbles: true, composed: true, detail }));
}

/** What could not be done is done again when the network is back, and after a while. */
let failed = [];
let rounds = 0;

function retry() {
  const again = failed;
  failed = [];
  for (const state of again) {
    const { act } = state;
    state.act = undefined;
    act?.(state);
  }
}

function tryLater(state, act) {
  if (!failed.length) setTimeout(retry, PAUSE * 2 ** (rounds < 6 ? rounds++ : 6));
  if (!state.act) failed[failed.length] = state;
  state.act = act;
}

addEventListener("online", retry);

async function begin(state) {
  const { element } = state;
  observer?.unobserve(element);
  state.act = undefined;
  if (state.card || state.busy || !element.isConnected) return;
  state.busy = true;
  try {
    if (!life) {
      life = load(state);
      state.asked = askEarly(state);
    }
    life = await life;
    await life.open(state);
  } catch (error) {
    state.drop();
    if (!error.final && element.isConnected) tryLater(state, begin);
    report(element, "load", `<maqal-card>: the card could not be loaded: ${error?.message ?? error}`);
  }
  state.busy = false;
}

const NEAR = 800; // Pixels around the viewport.
let mayAsk = true;

/**
 * Whether the first card of a page is near a viewport that somebody sees; the observer would tell a frame later. Asked once: each
 * answer lays the page out.
 */
function isNear(element) {
  if (!mayAsk) return false;
  mayAsk = false;
  const { top, bottom } = element.getBoundingClientRect();
  return self === parent && !document.hidden && top < bottom && top < innerHeight + NEAR && bottom > -NEAR;
}

let observer;
try {
  observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) target.reload();
    },
    { rootMargin: `${NEAR}px` },
  );
} catch {
  // There is none, or the page's own does not work: cards begin at once.
}

/** Until it is settled, a card holds a screen's height, so that what follows does not move; `drop` ends that. */
function hold({ element }) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  if (!root.firstChild) root.appendChild(element.ownerDocument.createElement("slot"));
  const floor = new element.ownerDocument.defaultView.CSSStyleSheet();
  floor.replaceSync("@media screen{:host{display:flow-root;min-block-size:100svh}:host([hidden]){display:none}}");
  root.adoptedStyleSheets = [floor, ...root.adoptedStyleSheets];
  return () => {
    const others = [];
    for (const sheet of root.adoptedStyleSheets) if (sheet !== floor) others[others.length] = sheet;
    root.adoptedStyleSheets = others;
  };
}

class MaqalCard extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #state = { element: this, card: undefined, busy: false, identity: null, drop: undefined };

  connectedCallback() {
    const state = this.#state;
    // What was set before the element was defined takes its place as ours.
    for (const name of [...ATTRIBUTES, "identity"]) {
      if (!apply(hasOwnProperty, this, [name])) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    try {
      state.drop ??= hold(state);
    } catch {
      state.drop = () => {}; // An old browser without constructed sheets: things move, and that is all.
    }
    if (state.card) life.moved(state);
    else if (observer && !isSought() && !isNear(this)) observer.observe(this);
    else begin(state);
  }

  disconnectedCallback() {
    observer?.unobserve(this);
    this.#state.act = undefined;
    // A move is a removal and an insertion in one task: only what is still away afterwards has left.
    setTimeout(() => this.isConnected || life?.left?.(this.#state));
  }

  /** In another document the styles are another sheet. */
  adoptedCallback() {
    life?.left?.(this.#state);
  }

  attributeChangedCallback(name, before, now) {
    if (before !== now) life?.changed?.(this.#state, name);
  }

  /** The reader, as the host page's server signed it (a JSON Web Token), or null: the comment server verifies it. */
  get identity() {
    return this.#state.identity;
  }

  set identity(token) {
    const state = this.#state;
    state.identity = token === undefined || token === null ? null : `${token}`;
    state.card?.setIdentity(state.identity ?? undefined);
  }

  /** Loads the article and the conversation again. */
  reload() {
    const state = this.#state;
    if (state.card) state.card.reload();
    else begin(state);
  }
}

// Each attribute is a property too; `lang` is every element's already.
for (const name of ATTRIBUTES) {
  if (name === "lang") continue;
  Object.defineProperty(MaqalCard.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "" : name === "words" && typeof value === "object" ? JSON.stringify(value) : value);
    },
  });
}

/** How many comments an article has, by count.js. */
class MaqalCount extends HTMLElement {
  static observedAttributes = ["thread", "endpoint", "lang"];

  async connectedCallback() {
    try {
      const { ask } = await import(beside("count.js"));
      if (this.isConnected) ask(this, report);
    } catch (error) {
      report(this, "count", `<maqal-count>: ${error.message}`);
    }
  }

  attributeChangedCallback() {
    if (this.isConnected) this.connectedCallback();
  }
}

// A second copy of this module, or another version of it, is no error: the first one stays.
if (!customElements.get("maqal-card")) apply(define, customElements, ["maqal-card", MaqalCard]);
if (!customElements.get("maqal-count")) apply(define, customElements, ["maqal-count", MaqalCount]);
// The folder's name tells the version.
MaqalCard.version = beside("").pathname.split("/").at(-2);
if (customElements.get("maqal-card").version !== MaqalCard.version) console.warn("<maqal-card>: the page has another version, which stays, in place of", import.meta.url);
