/**
 * A card in a frame, for pages whose policy forbids WebAssembly: the page's side. The frame (frame.html, inside.js) is of no
 * origin and only shows the card. What has an origin goes through here: requests, event streams, storage, locks, the page's
 * address. The frame asks over a port of its own, for what is listed here and no more.
 */

const SANDBOX =
  "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads " +
  "allow-top-navigation-by-user-activation";
const SHEET =
  ":host{display:flow-root;min-inline-size:0;max-inline-size:100%}:host([hidden]){display:none}" +
  "div{position:relative}iframe{display:block;inline-size:100%;border:0;color-scheme:light}" +
  // It is laid out, so that it can be measured, and not seen.
  "iframe:not(.stands){position:absolute;inset-block-end:0;block-size:100vh;visibility:hidden;pointer-events:none}" +
  "i{position:absolute;pointer-events:none;visibility:hidden}" +
  // Paper has the element's children, which break over pages as a frame cannot.
  "@media print{.whole~div{display:none}.whole{display:contents!important}}";

const EVENTS = ["maqal:ready", "maqal:comment", "maqal:count", "maqal:error"];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const HEADERS = ["accept", "content-type", "authorization", "idempotency-key", "maqal-reader", "maqal-identity"];
const PREFIX = "maqal:"; // Of keys and locks.
const DARK = "(prefers-color-scheme: dark)";
const PATIENCE = 20_000; // Milliseconds until a frame that does not answer is given up.
const MOMENT = 1_000; // Milliseconds that an answer may come after the frame has loaded.
const REPORT = 20; // Milliseconds after a refused request by which the browser has told of a policy.

/** The cards of this page: what one writes, the others hear of, as other tabs do. */
const sessions = new Set();

/**
 * Shows the card of `element` in a frame. `given` has `looks` (the sheet's text), `words` (a catalogue), `glue` (its text),
 * `wasm` (bytes), `memory` (a map of texts that the device does not keep), `broke(error)`, for when the card's instance has
 * broken, and `failed(error)`, for when there is no frame to be had; an error that is `final` will be the same next time.
 */
export function attach(element, given) {
  const { ownerDocument: document, shadowRoot: root } = element;
  const window = document.defaultView;
  let { words, identity } = given;
  let session;

  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const slot = document.createElement("slot");
  const frame = document.createElement("iframe");
  const source = new URL("frame.html", import.meta.url).href;
  frame.className = "waiting"; // Until article and comments are there; see `settle` in card.js.
  frame.setAttribute("sandbox", SANDBOX);
  // A browser that knows no such feature complains of its name.
  frame.setAttribute("allow", window.navigator.share ? "clipboard-write; web-share" : "clipboard-write");
  frame.title = element.querySelector("h1, h2, h3")?.textContent.trim() || words.comments;
  frame.lang = words.language;
  frame.src = source;

  const ends = [];
  const on = (target, name, act, options) => {
    target.addEventListener(name, act, options);
    ends.push(() => target.removeEventListener(name, act, options));
  };
  const observe = (target, options, act) => {
    const observer = new window.MutationObserver(act);
    observer.observe(target, options);
    ends.push(() => observer.disconnect());
  };
  const end = () => {
    session?.end();
    session = undefined;
    for (const act of ends.splice(0)) act();
    clearTimeout(patience);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other !== sheet);
    root.replaceChildren(document.createElement("slot"));
  };

  /* Whether there is a frame at all. */
  const fail = (message, final) => {
    end();
    given.failed(Object.assign(new Error(message), { final }));
  };
  let patience;
  const wait = (time) => {
    clearTimeout(patience);
    patience = setTimeout(fail, time, `the page's policy forbids WebAssembly, and ${source} does not answer`, false);
  };
  wait(PATIENCE);
  on(frame, "load", () => session || wait(MOMENT));
  on(document, "securitypolicyviolation", ({ disposition, effectiveDirective, blockedURI }) => {
    if (disposition !== "enforce") return;
    if (effectiveDirective === "connect-src") session?.refused(blockedURI);
    if (effectiveDirective !== "frame-src" || !source.startsWith(blockedURI)) return;
    const { origin } = new URL(source);
    fail(
      "the page's Content Security Policy forbids WebAssembly, and the frame that would do without. Add " +
        `'wasm-unsafe-eval' to its script-src, or ${origin} to its frame-src`,
      true,
    );
  });
  // A frame loads anew wherever it is moved to.
  on(window, "message", ({ data, source, origin }) => {
    if (source !== frame.contentWindow || data !== "maqal:inside" || origin !== "null") return;
    clearTimeout(patience);
    session?.end();
    const { port1, port2 } = new window.MessageChannel();
    session = new Session(port1, { element, frame, slot, given, window, end });
    const start = { ...session.all(), words, identity, looks: given.looks, glue: given.glue, wasm: given.wasm };
    source.postMessage({ ...start, memory: [...given.memory] }, "*", [port2]);
  });

  /* What the frame is told of the page. */
  const tell = (type, value) => session?.tell(type, value);
  const page = () => session?.page();
  for (const name of ["hashchange", "popstate", "pageshow"]) on(window, name, page);
  for (const name of ["online", "offline"]) on(window, name, () => tell("online", window.navigator.onLine));
  on(window, "storage", ({ storageArea, key, oldValue, newValue }) => {
    if (storageArea !== storage(window) || (key !== null && !key.startsWith(PREFIX))) return;
    tell("storage", { key, oldValue, newValue });
  });
  for (const name of ["scroll", "resize"]) on(window, name, () => session?.look(), { capture: true, passive: true });
  const dark = window.matchMedia(DARK);
  on(dark, "change", () => {
    tell("dark", dark.matches);
    session?.colours();
  });
  observe(element, { childList: true, characterData: true, subtree: true }, () => session?.children());
  const styled = { attributes: true, attributeFilter: ["class", "style", "data-theme"] };
  for (const place of [document.documentElement, document.body, element]) {
    if (place) observe(place, styled, () => session?.colours());
  }

  const place = document.createElement("div");
  place.append(frame);
  root.replaceChildren(slot, place);

  return {
    attributeChanged() {
      page();
      tell("attributes", attributes(element));
    },
    setWords(them) {
      words = them;
      frame.lang = them.language;
      tell("words", them);
    },
    setIdentity(token) {
      identity = token;
      tell("identity", token);
    },
    reload: () => tell("reload"),
    detach: end,
  };
}

/** The page's storage; `undefined` where it is denied. */
function storage(window) {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

/** What the page keeps for cards, as a frame gets it. */
function snapshot(window) {
  const kept = storage(window);
  if (!kept) return { isDenied: true };
  const entries = [];
  try {
    for (let index = 0; index < kept.length; index++) {
      const key = kept.key(index);
      if (key.startsWith(PREFIX)) entries.push([key, kept.getItem(key)]);
    }
    kept.setItem("maqal:room", "");
    kept.removeItem("maqal:room");
    return { entries };
  } catch {
    return { entries, isFull: true };
  }
}

function attributes(element) {
  const names = element.constructor.observedAttributes;
  return names.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name)]);
}

/** One life of a frame's document: what it asks for, and what is under way for it. */
class Session {
  #port;
  #at;
  #requests = new Map();
  #streams = new Map();
  #locks = new Map();
  #asked = new Set();
  #told = {};
  #due = 0;
  #unload = (event) => event.preventDefault();

  constructor(port, at) {
    this.#port = port;
    this.#at = at;
    port.onmessage = ({ data }) => {
      this.page();
      const act = Session.#acts[data?.type];
      if (act) act.call(this, data);
    };
    sessions.add(this);
  }

  tell(type, value) {
    this.#port.postMessage({ type, value });
  }

  /** As [`tell`], if it is another than before. */
  #tellNew(type, value) {
    const json = JSON.stringify(value);
    if (this.#told[type] === json) return;
    this.#told[type] = json;
    this.tell(type, value);
  }

  /** All that the frame begins with. */
  all() {
    const { element, window } = this.#at;
    const all = {
      attributes: attributes(element),
      storage: snapshot(window),
      dark: window.matchMedia(DARK).matches,
      online: window.navigator.onLine,
      hasLocks: Boolean(window.navigator.locks),
      page: this.#page(),
      children: element.innerHTML,
      colours: this.#colours(),
      view: this.#view(),
    };
    for (const name of ["page", "children", "colours", "view"]) this.#told[name] = JSON.stringify(all[name]);
    return all;
  }

  #page() {
    const { ownerDocument: document, baseURI: base, parentElement } = this.#at.element;
    const canonical = document.querySelector("link[rel='canonical'][href]")?.getAttribute("href") ?? null;
    const lang = parentElement?.closest("[lang]")?.getAttribute("lang") ?? null;
    return { url: document.URL, base, canonical, lang };
  }

  page() {
    this.#tellNew("page", this.#page());
  }

  children() {
    this.#tellNew("children", this.#at.element.innerHTML);
  }

  /** The custom properties that the page may style a card with. */
  #colours() {
    const { element, given, window } = this.#at;
    const style = window.getComputedStyle(element);
    const names = [...new Set(given.looks.match(/--maqal-[\w-]+/g))];
    return names.map((name) => [name, style.getPropertyValue(name)]).filter(([, value]) => value);
  }

  colours() {
    this.#tellNew("colours", this.#colours());
  }

  /** The height of the window, and which part of the frame's is in it. */
  #view() {
    const { frame, window } = this.#at;
    const { top } = frame.getBoundingClientRect();
    return { height: window.innerHeight, from: Math.max(0, -top), to: window.innerHeight - top };
  }

  look() {
    this.#due ||= this.#at.window.requestAnimationFrame(() => {
      this.#due = 0;
      if (this.#at.frame.isConnected) this.#tellNew("view", this.#view());
    });
  }

  /** The browser has refused a request, by the page's policy. */
  refused(url) {
    if (this.#asked.has(url)) this.tell("refused", url);
  }

  end() {
    sessions.delete(this);
    this.#port.close();
    this.#at.window.cancelAnimationFrame(this.#due);
    // A comment that is on its way is let through.
    for (const { method, abort } of this.#requests.values()) if (method === "GET") abort.abort();
    for (const stream of this.#streams.values()) stream.close();
    for (const release of this.#locks.values()) release();
    this.#guard(false);
  }

  #guard(isOn) {
    const { window } = this.#at;
    if (isOn) window.addEventListener("beforeunload", this.#unload);
    else window.removeEventListener("beforeunload", this.#unload);
  }

  /** What a frame may ask for. */
  static #acts = {
    __proto__: null,

    /** How it looks: its height, whether something is on its way, whether the element's children show. */
    stands({ height, isWaiting, hasChildren }) {
      const { frame, slot, element } = this.#at;
      frame.style.blockSize = `${Math.max(0, Number(height) || 0)}px`;
      frame.classList.toggle("waiting", Boolean(isWaiting));
      frame.classList.add("stands");
      slot.style.display = hasChildren ? "" : "none";
      slot.classList.toggle("whole", element.textContent.trim() !== "");
      this.look();
    },

    event({ name, detail }) {
      const { element, frame, window } = this.#at;
      if (!EVENTS.includes(name)) return;
      if (name === "maqal:ready" && detail?.title) frame.title = String(detail.title);
      if (name === "maqal:error") console.error(detail?.message, element);
      element.dispatchEvent(new window.CustomEvent(name, { bubbles: true, composed: true, detail }));
    },

    broken({ message }) {
      const { end, given } = this.#at;
      end();
      given.broke(new Error(String(message)));
    },

    failed({ message }) {
      const { end, given } = this.#at;
      end();
      given.failed(new Error(String(message)));
    },

    async fetch({ id, url, method, headers, body, cache, mode, redirect }) {
      const abort = new AbortController();
      this.#requests.set(id, { method, abort });
      try {
        const address = new URL(url);
        if (!/^https?:$/.test(address.protocol) || !METHODS.includes(method)) throw new TypeError("not for cards");
        address.hash = "";
        this.#asked.add(address.href);
        const response = await this.#at.window.fetch(url, {
          method,
          headers: headers.filter(([name]) => HEADERS.includes(name.toLowerCase())),
          body,
          cache,
          mode: mode === "no-cors" ? mode : "cors",
          redirect,
          credentials: "omit",
          referrerPolicy: "strict-origin-when-cross-origin",
          signal: abort.signal,
        });
        const { status, statusText, type, redirected, url: from } = response;
        const reader = response.body?.getReader();
        this.#requests.set(id, { method, abort, reader });
        const head = { status, statusText, type, redirected, url: from, headers: [...response.headers] };
        this.tell("answer", { id, head, hasBody: Boolean(reader) });
      } catch (error) {
        this.#requests.delete(id);
        // What the browser tells of a policy comes before.
        setTimeout(() => this.tell("unanswered", { id, name: error.name, message: error.message }), REPORT);
      }
    },

    async pull({ id }) {
      const { reader } = this.#requests.get(id) ?? {};
      if (!reader) return;
      try {
        const { value, done } = await reader.read();
        if (done) this.#requests.delete(id);
        this.tell("part", { id, bytes: done ? null : value });
      } catch (error) {
        this.#requests.delete(id);
        this.tell("unanswered", { id, name: error.name, message: error.message });
      }
    },

    abort({ id }) {
      this.#requests.get(id)?.abort.abort();
      this.#requests.delete(id);
    },

    listen({ id, url }) {
      const { window } = this.#at;
      if (!/^https?:/.test(url)) return;
      const source = new window.EventSource(url);
      this.#streams.set(id, source);
      const pass = ({ type, data, lastEventId }) => {
        this.tell("stream", { id, kind: type, data, lastEventId, readyState: source.readyState });
      };
      for (const name of ["open", "error", "message", "change"]) source.addEventListener(name, pass);
    },

    close({ id }) {
      this.#streams.get(id)?.close();
      this.#streams.delete(id);
    },

    store({ key, value }) {
      const kept = storage(this.#at.window);
      if (!kept || !String(key).startsWith(PREFIX)) return;
      const oldValue = kept.getItem(key);
      try {
        if (value === null) kept.removeItem(key);
        else kept.setItem(key, value);
      } catch {
        this.tell("unkept", { key, value: oldValue });
        return;
      }
      if (oldValue === value) return;
      for (const other of sessions) if (other !== this) other.tell("storage", { key, oldValue, newValue: value });
    },

    remember({ key, value }) {
      const { memory } = this.#at.given;
      if (value === null) memory.delete(key);
      else memory.set(String(key), String(value));
    },

    /** Whether the page is to ask before it goes: the frame alone has a text of its reader's. */
    guard({ isOn }) {
      this.#guard(isOn);
    },

    async lock({ id, name, ifAvailable }) {
      const { locks } = this.#at.window.navigator;
      if (!String(name).startsWith(PREFIX)) return;
      try {
        await locks.request(name, { ifAvailable: Boolean(ifAvailable) }, (lock) => {
          if (!sessions.has(this)) return;
          this.tell("granted", { id, isHeld: Boolean(lock) });
          if (lock) return new Promise((release) => this.#locks.set(id, release));
        });
      } catch (error) {
        this.tell("denied", { id, message: error.message });
      }
    },

    release({ id }) {
      this.#locks.get(id)?.();
      this.#locks.delete(id);
    },

    /** Brings a place in the frame into view: a mark at the same place does, whatever scrolls around the card. */
    scroll({ place, options }) {
      const { element, frame } = this.#at;
      const mark = element.ownerDocument.createElement("i");
      for (const side of ["left", "top", "width", "height"]) mark.style[side] = `${Number(place[side]) || 0}px`;
      frame.after(mark);
      mark.scrollIntoView(options);
      mark.remove();
    },

    scrollBy({ x, y }) {
      this.#at.window.scrollBy(x, y);
    },

    /** A reader is at it: the page's address is told with each message. */
    touch() {},
  };
}
