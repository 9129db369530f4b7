/**
 * The loader of <maqal-card>: a page includes this one module and pays for nothing else until a card nears the
 * viewport. Then glue, WebAssembly and styles stream in parallel from beside this file, once for all cards.
 *
 * The element shows its own children until the card stands ready, and again wherever it cannot.
 */

const NEAR = "800px"; // How far below the viewport a card begins to load.
const ATTRIBUTES = ["src", "endpoint", "thread", "lang", "theme"];
const beside = (name) => new URL(name, import.meta.url);

/** @type {Promise<{Card: any, sheet: CSSStyleSheet | undefined}> | undefined} */
let loading;

/** Loads glue, WebAssembly and styles; a failed load is forgotten, so that the next card tries again. */
function load() {
  loading ??= Promise.all([glue(), styles()]).then(
    ([Card, sheet]) => ({ Card, sheet }),
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

async function glue() {
  const wasm = beside("maqal_bg.wasm");
  // Fetched beside the glue, not after it.
  const bytes = fetch(wasm, { credentials: "omit" });
  bytes.catch(() => {});
  const module = await import(beside("maqal.js"));
  const response = await bytes;
  if (!response.ok) throw new Error(`${wasm} answered ${response.status}`);
  await module.default({ module_or_path: response });
  return module.Card;
}

async function styles() {
  const css = beside("maqal.css");
  try {
    const response = await fetch(css, { credentials: "omit" });
    if (!response.ok) throw new Error(`${css} answered ${response.status}`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await response.text());
    return sheet;
  } catch (error) {
    // A card without its looks is still a card.
    console.error("<maqal-card>: no styles:", error);
    return undefined;
  }
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

async function begin(element) {
  observer?.unobserve(element);
  const state = states.get(element);
  if (!state || state.card || state.wanted) return;
  state.wanted = true;
  try {
    const { Card, sheet } = await load();
    if (element.isConnected && !state.card) state.card = Card.attach(element, sheet);
  } catch (error) {
    const forbidden = error instanceof WebAssembly.CompileError && /Content Security Policy/i.test(error.message);
    const way = forbidden ? ". Add 'wasm-unsafe-eval' to the page's script-src." : "";
    const message = `<maqal-card>: the card could not be loaded: ${error?.message ?? error}${way}`;
    console.error(message, element);
    const detail = { code: "load", attribute: null, message };
    element.dispatchEvent(new CustomEvent("maqal:error", { bubbles: true, composed: true, detail }));
    // The element's own children are on the page as before. With the network back, or the element anew, it tries again.
    addEventListener("online", () => element.isConnected && begin(element), { once: true });
  } finally {
    state.wanted = false;
  }
}

class MaqalCard extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  connectedCallback() {
    for (const name of ATTRIBUTES) upgrade(this, name);
    if (!states.has(this)) states.set(this, { card: undefined, wanted: false });
    if (states.get(this).card) return; // Moved: it stands as it was.
    if (observer) observer.observe(this);
    else begin(this);
  }

  disconnectedCallback() {
    observer?.unobserve(this);
    // A move is a removal and an insertion in one turn: only what is still away afterwards has left.
    queueMicrotask(() => {
      const state = states.get(this);
      if (this.isConnected || !state?.card) return;
      const card = state.card;
      state.card = undefined;
      card.detach();
    });
  }

  attributeChangedCallback(_name, before, now) {
    if (before !== now) states.get(this)?.card?.attributeChanged();
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
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

/** A property that was set before the element was defined takes its place as an attribute. */
function upgrade(element, name) {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  delete element[name];
  element[name] = value;
}

// A second copy of this module, or another version of it, is no error: the first one stays.
if (!customElements.get("maqal-card")) customElements.define("maqal-card", MaqalCard);
