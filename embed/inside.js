/**
 * A card in a frame (frame.html): the frame's side. The document is our own and of no origin, so it is furnished here with
 * what it is denied: each of these asks the page (frame.js) over a port. Then the card is attached as on any page.
 */
(() => {
  const UNSETTLED = ".waiting, .skeleton, .card[hidden]"; // As in whole.js: what shows that something is on its way.
  const EVENTS = ["maqal:ready", "maqal:comment", "maqal:count", "maqal:error"];
  const FRAME = 250; // Milliseconds after which an animation frame comes all the same: browsers stop frames out of sight.

  let port;
  const ask = (type, more) => port.postMessage({ type, ...more });
  let number = 0;
  const define = (object, name, descriptor) => Object.defineProperty(object, name, { configurable: true, ...descriptor });

  /* The page: its address, its base, its language. */
  let page;
  let card;
  const host = document.createElement("maqal-card");
  const base = document.createElement("base");
  const canonical = document.createElement("link");
  canonical.rel = "canonical";
  base.target = "_top";

  function setPage(now) {
    const before = page?.url;
    page = now;
    base.href = now.base;
    if (now.canonical === null) canonical.remove();
    else {
      canonical.setAttribute("href", now.canonical);
      document.head.append(canonical);
    }
    if (now.lang === null) document.documentElement.removeAttribute("lang");
    else document.documentElement.lang = now.lang;
    const hash = (url) => url?.split("#")[1];
    if (before !== undefined && hash(before) !== hash(now.url)) dispatchEvent(new Event("hashchange"));
  }
  define(document, "URL", { get: () => page.url });

  /* Requests. */
  const requests = new Map();

  function send(request) {
    const { url, method, cache, mode, redirect, signal } = request;
    const id = ++number;
    return new Promise((resolve, reject) => {
      const abort = () => {
        if (!requests.has(id)) return; // It has ended.
        ask("abort", { id });
        unanswered({ id, name: "AbortError", message: "The request was aborted." });
      };
      requests.set(id, { resolve, reject, body: undefined });
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort, { once: true });
      const headers = [...request.headers];
      const go = (body) => requests.has(id) && ask("fetch", { id, url, method, headers, body, cache, mode, redirect });
      if (method === "GET") go();
      else request.text().then((text) => go(text || undefined), reject);
    });
  }
  define(window, "fetch", { value: (...request) => send(new Request(...request)) });

  function answer({ id, head, hasBody }) {
    const waiting = requests.get(id);
    if (!waiting) return;
    const stream = new ReadableStream(
      {
        start(body) {
          waiting.body = body;
        },
        pull: () => ask("pull", { id }),
        cancel() {
          requests.delete(id);
          ask("abort", { id });
        },
      },
      { highWaterMark: 0 },
    );
    if (!hasBody) requests.delete(id);
    const { status, statusText, headers } = head;
    // An opaque answer has the status 0, which nobody can make.
    const init = { status: status < 200 ? 200 : status, statusText, headers };
    const response = new Response(hasBody ? stream : null, init);
    const { type, url, redirected } = head;
    for (const [name, value] of Object.entries({ type, url, redirected, status, ok: status >= 200 && status < 300 })) {
      define(response, name, { value });
    }
    waiting.resolve(response);
  }

  function part({ id, bytes }) {
    const { body } = requests.get(id) ?? {};
    if (bytes) return body?.enqueue(bytes);
    requests.delete(id);
    body?.close();
  }

  function unanswered({ id, name, message }) {
    const { reject, body } = requests.get(id) ?? {};
    requests.delete(id);
    const error = name === "AbortError" ? new DOMException(message, name) : new TypeError(message);
    reject?.(error);
    body?.error(error);
  }

  /** The page's policy forbids a request: as a page is told. */
  function refused(blockedURI) {
    const directives = { effectiveDirective: "connect-src", violatedDirective: "connect-src", disposition: "enforce" };
    const what = { documentURI: page.url, originalPolicy: "", statusCode: 0, bubbles: true, blockedURI, ...directives };
    document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", what));
  }

  /* Event streams. */
  const streams = new Map();

  class Stream extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSED = 2;
    #id = ++number;
    readyState = Stream.CONNECTING;
    onopen = null;
    onmessage = null;
    onerror = null;

    constructor(url) {
      super();
      this.url = new URL(url, base.href).href;
      streams.set(this.#id, this);
      ask("listen", { id: this.#id, url: this.url });
    }

    close() {
      this.readyState = Stream.CLOSED;
      streams.delete(this.#id);
      ask("close", { id: this.#id });
    }
  }
  define(window, "EventSource", { value: Stream, writable: true });

  function hear({ id, kind, data, lastEventId, readyState }) {
    const stream = streams.get(id);
    if (!stream) return;
    stream.readyState = readyState;
    const event = data === undefined ? new Event(kind) : new MessageEvent(kind, { data, lastEventId });
    stream[`on${kind}`]?.(event);
    stream.dispatchEvent(event);
  }

  /* What the device keeps: a copy of what the page has, of which each change is passed on. */
  const kept = new Map();
  let isDenied = false;
  let isFull = false;
  const storage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (isFull) throw new DOMException("The page's storage takes no more.", "QuotaExceededError");
      kept.set(key, value);
      ask("store", { key, value });
    },
    removeItem(key) {
      isFull = false;
      if (kept.delete(key)) ask("store", { key, value: null });
    },
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
  define(window, "localStorage", {
    get() {
      queueMicrotask(lookAfter);
      if (isDenied) throw new DOMException("The page's storage is denied.", "SecurityError");
      return storage;
    },
  });

  function setKept(key, value) {
    if (value === null) kept.delete(key);
    else kept.set(key, value);
  }

  function storageChanged({ key, oldValue, newValue }) {
    if (key === null) kept.clear();
    else setKept(key, newValue);
    dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue, url: page.url }));
  }

  function unkept({ key, value }) {
    setKept(key, value);
    isFull = true;
  }

  /** Texts that the device does not keep: the page has them too, lest they go with the frame. */
  const memory = new Map();
  const told = new Map();
  let isGuarded = false;

  function lookAfter() {
    for (const [key, value] of memory) if (told.get(key) !== value) remember(key, value);
    for (const key of [...told.keys()]) if (!memory.has(key)) remember(key, null);
    // Whether the card would have the page ask before it goes.
    const leaving = new Event("beforeunload", { cancelable: true });
    dispatchEvent(leaving);
    if (leaving.defaultPrevented !== isGuarded) {
      isGuarded = leaving.defaultPrevented;
      ask("guard", { isOn: isGuarded });
    }
  }

  function remember(key, value) {
    if (value === null) told.delete(key);
    else told.set(key, value);
    ask("remember", { key, value });
  }

  // A frame may not ask itself.
  addEventListener("beforeunload", (event) => event.isTrusted && event.stopImmediatePropagation());

  /* Locks among the tabs of a browser. */
  const locks = new Map();

  function request(name, options, act) {
    const id = ++number;
    return new Promise((resolve, reject) => {
      locks.set(id, { act, resolve, reject });
      ask("lock", { id, name, ifAvailable: options.ifAvailable });
    });
  }

  async function granted({ id, isHeld }) {
    const { act, resolve, reject } = locks.get(id) ?? {};
    locks.delete(id);
    try {
      resolve?.(await act?.(isHeld ? {} : null));
    } catch (error) {
      reject?.(error);
    }
    if (isHeld) ask("release", { id });
  }

  function denied({ id, message }) {
    locks.get(id)?.reject(new DOMException(message, "SecurityError"));
    locks.delete(id);
  }

  /* What the browser tells pages. */
  let online = true;
  define(navigator, "onLine", { get: () => online });
  for (const name of ["online", "offline"]) {
    addEventListener(name, (event) => event.isTrusted && event.stopImmediatePropagation());
  }

  function setOnline(now) {
    online = now;
    dispatchEvent(new Event(now ? "online" : "offline"));
  }

  /** Whether the system is dark: for a frame that is what the page around makes of it. */
  const scheme = new (class extends EventTarget {
    media = "(prefers-color-scheme: dark)";
    matches = false;
  })();
  const { matchMedia } = window;
  define(window, "matchMedia", { value: (query) => (query === scheme.media ? scheme : matchMedia.call(window, query)) });

  function setDark(now) {
    scheme.matches = now;
    scheme.dispatchEvent(new Event("change"));
  }

  function setColours(colours) {
    const { style } = host;
    for (const name of [...style]) if (name.startsWith("--maqal-")) style.removeProperty(name);
    for (const [name, value] of colours) style.setProperty(name, value);
  }

  /* What is before the reader's eyes: the frame is as high as its content, and the window around it is not. */
  let view = { height: 0, from: 0, to: 0 };
  const { innerHeight } = Object.getOwnPropertyDescriptors(window);
  define(window, "innerHeight", { get: () => Math.max(0, Math.min(innerHeight.get.call(window), view.to)) });

  function setView(now) {
    view = now;
    const { style } = document.documentElement;
    style.setProperty("--_maqal-window", `${now.height / 100}px`);
    style.setProperty("--_maqal-from", `${now.from}px`);
  }

  const scrollTo = (element, options) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    ask("scroll", { place: { left, top, width, height }, options });
  };
  Element.prototype.scrollIntoView = function (options) {
    scrollTo(this, options);
  };
  define(window, "scrollBy", { value: (x, y) => ask("scrollBy", { x, y }) });
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = function (options) {
    focus.call(this, options);
    if (!options?.preventScroll) scrollTo(this, { block: "nearest" });
  };

  /* Animation frames come where the browser draws none: a card out of sight has to find its height. */
  const frames = new Map();
  const { requestAnimationFrame, cancelAnimationFrame } = window;
  const endFrame = (id) => {
    const { frame, timer } = frames.get(id) ?? {};
    cancelAnimationFrame.call(window, frame);
    clearTimeout(timer);
    return frames.delete(id);
  };
  define(window, "requestAnimationFrame", {
    value(act) {
      const id = ++number;
      const go = () => endFrame(id) && act(performance.now());
      frames.set(id, { frame: requestAnimationFrame.call(window, go), timer: setTimeout(go, FRAME) });
      return id;
    },
  });
  define(window, "cancelAnimationFrame", { value: endFrame });

  /* The card. */
  function setAttributes(attributes) {
    const now = new Map(attributes);
    for (const name of host.getAttributeNames()) if (!now.has(name) && name !== "style") host.removeAttribute(name);
    for (const [name, value] of now) host.setAttribute(name, value);
    card?.attributeChanged();
  }

  /** The element's children, to be read and not to be seen: they show on the page. */
  function setChildren(html) {
    const { body } = new DOMParser().parseFromString(`<!doctype html><body>${html}`, "text/html");
    for (const player of body.querySelectorAll("[autoplay]")) player.removeAttribute("autoplay");
    host.replaceChildren(...body.childNodes);
  }

  let last;
  function measure() {
    const root = host.shadowRoot;
    if (!card || !root) return;
    const height = Math.ceil(host.getBoundingClientRect().height);
    const isWaiting = Boolean(root.querySelector(UNSETTLED));
    const hasChildren = Boolean(root.querySelector("slot"));
    const now = `${height} ${isWaiting} ${hasChildren}`;
    if (now !== last) ask("stands", { height, isWaiting, hasChildren });
    last = now;
  }

  let isDue = false;
  function measureSoon() {
    if (isDue) return;
    isDue = true;
    window.requestAnimationFrame(() => {
      isDue = false;
      measure();
    });
  }

  function watch() {
    new ResizeObserver(measure).observe(host);
    const all = { childList: true, characterData: true, attributes: true, subtree: true };
    new MutationObserver(measureSoon).observe(host.shadowRoot, all);
    host.shadowRoot.addEventListener("load", measureSoon, true);
    addEventListener("resize", measureSoon);
    for (const name of ["pointerdown", "keydown", "focusin"]) addEventListener(name, () => ask("touch"), true);
    for (const name of EVENTS) {
      host.addEventListener(name, ({ detail }) => {
        // A frame later the card shows what has come: the page is told of its height first.
        window.requestAnimationFrame(() => {
          measure();
          ask("event", { name, detail });
        });
      });
    }
  }

  function sheet(text) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  }

  const ACTS = {
    page: setPage,
    answer,
    part,
    unanswered,
    refused,
    stream: hear,
    storage: storageChanged,
    unkept,
    granted,
    denied,
    online: setOnline,
    dark: setDark,
    colours: setColours,
    view: setView,
    attributes: setAttributes,
    children: setChildren,
    words: setWords,
    identity: setIdentity,
    reload: () => card?.reload(),
  };

  /* What comes while the card is still loading is what it begins with. */
  let words;
  let identity;

  function setWords(now) {
    words = now;
    card?.setWords(now);
  }

  function setIdentity(token) {
    identity = token;
    card?.setIdentity(token);
  }

  async function begin(start) {
    isDenied = Boolean(start.storage.isDenied);
    isFull = Boolean(start.storage.isFull);
    for (const [key, value] of start.storage.entries ?? []) kept.set(key, value);
    for (const [key, value] of start.memory) {
      memory.set(key, value);
      told.set(key, value);
    }
    define(navigator, "locks", { value: start.hasLocks ? { request } : undefined });
    ({ words, identity, online } = start);
    scheme.matches = start.dark;
    document.head.append(base);
    setPage(start.page);
    setView(start.view);
    setColours(start.colours);
    setAttributes(start.attributes);
    setChildren(start.children);
    document.adoptedStyleSheets = [sheet("html{color-scheme:light;overflow:clip}body{margin:0}maqal-card>*{display:none}")];
    document.body.append(host);
    // A share of the window's height is one of the page's window.
    const looks =
      start.looks.replace(/\b([\d.]+)s?vh\b/g, "calc($1 * var(--_maqal-window))") +
      // What sticks to the frame's edge sticks to the window's.
      ".fresh{inset-block-start:calc(1.75em + var(--_maqal-from))}";
    const address = URL.createObjectURL(new Blob([start.glue], { type: "text/javascript" }));
    const glue = await import(address);
    URL.revokeObjectURL(address);
    await glue.default({ module_or_path: start.wasm });
    let lastWords;
    glue.start(memory, (message) => {
      lastWords = message;
    });
    glue.whenBroken((error) => {
      lookAfter();
      ask("broken", { message: lastWords ?? error?.message ?? String(error) });
    });
    card = glue.Card.attach(host, sheet(looks), words);
    glue.keepPlaces(host.shadowRoot);
    if (identity !== undefined) card.setIdentity(identity);
    watch();
    measure();
  }

  addEventListener("message", ({ source, data, ports }) => {
    if (source !== parent || !ports[0] || port) return;
    [port] = ports;
    port.onmessage = ({ data: { type, value } }) => ACTS[type]?.(value);
    begin(data).catch((error) => ask("failed", { message: error?.message ?? String(error) }));
  });
  parent.postMessage("maqal:inside", "*");
})();
