/**
 * The world in which a state stands: a server that answers as the state wants, a clock that shows one moment, timers
 * that never wait long, a device that keeps nothing. Nothing leaves the page, and it looks the same on every machine.
 */

/** The moment that the clock shows. */
export const NOW = Date.parse("2026-11-24T12:00:00Z");

/** What waits longer, in milliseconds, never comes: no state passes into another by itself. */
const LONGEST_WAIT = 600;

const BASE = new URL("./", import.meta.url);
/** The address of the article, and of the endpoint. */
export const ARTICLE = new URL("article.json", BASE).href;
export const ENDPOINT = new URL("comments", BASE).href;

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

/** As much of the endpoint's Markdown as the texts here use. */
export const html = (text) =>
  text
    .split("\n\n")
    .map((part) => {
      const inline = (line) => escaped(line).replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>");
      return part.startsWith("> ") ? `<blockquote><p>${inline(part.slice(2))}</p></blockquote>` : `<p>${inline(part)}</p>`;
    })
    .join("");

const time = (minutesAgo) => new Date(NOW - minutesAgo * 60_000).toISOString();

/** A comment as it travels. */
export function comment({ ago, edited, ...said }) {
  return { state: "published", ...said, html: html(said.body), created: time(ago), ...(edited && { edited: time(edited) }) };
}

/** A page of a conversation. */
export function page(comments, more = {}) {
  const read = comments.map(comment);
  const total = read.filter(({ state }) => state === "published").length;
  return { comments: read, total, live: "0", ...more };
}

const answer = (value, status = 200, headers = {}) =>
  new Response(status === 204 ? null : typeof value === "string" ? value : JSON.stringify(value), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });

/** Answers that are none. */
export const never = () => new Promise(() => {});
export const down = () => answer("", 503, { "retry-after": "600" });
export const missing = () => answer("", 404);
export const refusal = (status, type, errors = []) => answer({ type: `urn:maqal:problem:${type}`, title: type, status, errors }, status);
/** A comment that a moderator has to let through. */
export const held = (sent) => answer({ ...comment({ ...sent, id: "own", ago: 0, state: "pending" }), secret: "secret", editable_until: new Date(NOW + 900_000).toISOString() }, 201);
export function offline() {
  Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false });
  return Promise.reject(new TypeError("offline"));
}

/** What the server does where a state says nothing else: by method and what follows the endpoint's address. */
function usual(texts) {
  let posted = 0;
  const own = {};
  return {
    "GET article": () => texts.article,
    "GET": () => page(texts.comments),
    "GET changes": () => ({ changes: [], total: texts.comments.length, live: "0", more: false }),
    "POST": (sent) => {
      const id = `own-${++posted}`;
      own[id] = { ...sent, id, ago: 0, likes: 0, replies: 0 };
      const until = new Date(NOW + 15 * 60_000).toISOString();
      return answer({ ...comment(own[id]), secret: "secret", editable_until: until }, 201);
    },
    "POST preview": ({ body }) => ({ html: html(body) }),
    "POST reports": () => answer("", 204),
    "PATCH": ({ body }, id) => comment({ ...own[id], body, edited: 0 }),
    "DELETE": () => answer("", 204),
    "PUT like": (_, id) => ({ liked: true, likes: 1 + (texts.comments.find((said) => said.id === id)?.likes ?? 0) }),
    "DELETE like": (_, id) => ({ liked: false, likes: texts.comments.find((said) => said.id === id)?.likes ?? 0 }),
  };
}

/** Puts the page into this world. `serves` is what the server of a state does otherwise. */
export function enter(texts, serves) {
  const routes = { ...usual(texts), ...serves };
  const really = window.fetch.bind(window);
  window.fetch = async (asked, options) => {
    const request = new Request(asked, options);
    const { href, pathname } = new URL(request.url);
    let route;
    let id;
    if (href === ARTICLE) {
      route = "GET article";
    } else if (href.startsWith(ENDPOINT)) {
      const rest = pathname.slice(new URL(ENDPOINT).pathname.length).split("/").filter(Boolean);
      const last = ["preview", "changes", "like", "reports"].includes(rest.at(-1)) ? rest.pop() : "";
      [id] = rest;
      route = `${request.method} ${last}`.trim();
    } else {
      return really(asked, options);
    }
    const text = await request.text();
    const made = await routes[route](text ? JSON.parse(text) : undefined, id, new URL(href).searchParams);
    // The address of a text that stands elsewhere.
    if (typeof made === "string") return really(new URL(made, BASE));
    return made instanceof Response ? made : answer(made);
  };

  window.EventSource = class extends EventTarget {
    static CLOSED = 2;
    readyState = 1;
    constructor() {
      super();
      streams.add(this);
    }
    close() {
      streams.delete(this);
    }
  };

  Date.now = () => NOW;
  const wait = window.setTimeout.bind(window);
  window.setTimeout = (act, ms = 0, ...rest) => (ms > LONGEST_WAIT ? 0 : wait(act, ms, ...rest));
  window.setInterval = () => 0;

  // The device keeps nothing, shares by the clipboard, and has a voice for every language.
  const kept = new Map();
  const storage = {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
  };
  const given = { localStorage: storage, SpeechSynthesisUtterance: class extends EventTarget {} };
  const voices = ["ar", "fa", "ur", "he", "ckb", "en", "fr", "tr"].map((lang) => ({ lang, name: lang, localService: true, default: false }));
  given.speechSynthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak() {},
    cancel() {},
    pause() {},
    resume() {},
  });
  for (const [name, value] of Object.entries(given)) Object.defineProperty(window, name, { configurable: true, value });
  const clipboard = { writeText: async () => {} };
  for (const [name, value] of Object.entries({ share: undefined, locks: undefined, clipboard })) {
    Object.defineProperty(navigator, name, { configurable: true, value });
  }
}

const streams = new Set();

/** Has the server tell of a new comment. */
export function tell(said, total) {
  const event = new MessageEvent("change", { data: JSON.stringify({ comment: comment(said), total }), lastEventId: said.id });
  for (const stream of streams) stream.dispatchEvent(event);
}

/** The reader's identity, as a host's server would sign it. */
export function token(name, claims = {}) {
  const part = (value) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  return [part({ alg: "HS256", typ: "JWT" }), part({ sub: "7", name, exp: NOW / 1000 + 3600, ...claims }), "c2lnbmF0dXJl"].join(".");
}
