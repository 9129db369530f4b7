// What may stand on the page, said apart from the code under test, and what the browser itself saw.

const WORDS = "p br strong em b i del s code pre blockquote ul ol li a bdi sub sup";
const PUBLISHER = " h3 h4 h5 h6 figure figcaption img hr table thead tbody tfoot tr th td caption dl dt dd q cite mark" +
  " abbr small ins u kbd samp var dfn ruby rt rp wbr details summary video audio span div button";
const allowed = { comment: new Set(WORDS.split(" ")), article: new Set((WORDS + PUBLISHER).split(" ")) };

const number = (value) => /^\d{1,5}$/.test(value);
const integer = (value) => /^-?\d{1,10}$/.test(value);
const exactly = (...values) => (value) => values.includes(value);
const anything = () => true;
const isSource = (value, element) => ["http:", "https:"].includes(new URL(value, element.baseURI).protocol);

const everywhere = {
  dir: exactly("ltr", "rtl", "auto"),
  lang: (value) => /^[A-Za-z0-9-]*$/.test(value),
  id: (value, _, profile) => profile === "article" && value.startsWith("in-text-"),
};
const media = { src: isSource, controls: exactly(""), preload: exactly("none") };
const heading = { "data-depth": (value) => /^[1-4]$/.test(value) };
const own = {
  h3: heading, h4: heading, h5: heading, h6: heading,
  a: {
    // What the browser makes of it, not how it is written.
    href: (_, a) => ["http:", "https:", "mailto:", "tel:"].includes(a.protocol),
    rel: (value, _, profile) => profile === "comment" && value === "noopener nofollow ugc",
  },
  img: {
    src: isSource, alt: anything, width: number, height: number, class: exactly("unsized"),
    loading: exactly("lazy"), decoding: exactly("async"), referrerpolicy: exactly("no-referrer"),
  },
  video: { ...media, poster: isSource, width: number, height: number },
  audio: media,
  td: { colspan: number, rowspan: number },
  th: { colspan: number, rowspan: number },
  ol: { start: integer, reversed: exactly("") },
  li: { value: integer },
  abbr: { title: anything },
  pre: { tabindex: exactly("0") },
  figure: { class: exactly("embed"), "data-ratio": (value) => /^\d+ \/ \d+$/.test(value) },
  button: { type: exactly("button") },
  bdi: { class: exactly("line") },
  div: { class: exactly("scroll"), role: exactly("group"), tabindex: exactly("0") },
};
const required = { img: ["src", "alt", "loading", "referrerpolicy"], video: ["src", "preload"], audio: ["src", "preload"] };

function* faults(root, profile) {
  for (const element of root.querySelectorAll("*")) {
    const name = element.localName;
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml" || !allowed[profile].has(name)) {
      yield `<${name}> of ${element.namespaceURI}`;
      continue;
    }
    for (const { name: attribute, value } of element.attributes) {
      const rule = own[name]?.[attribute] ?? everywhere[attribute];
      if (!rule?.(value, element, profile)) yield `${attribute}=${value.slice(0, 80)} of <${name}>`;
    }
    for (const attribute of required[name] ?? []) {
      if (!element.hasAttribute(attribute)) yield `<${name}> without ${attribute}`;
    }
    if (name === "a" && profile === "comment" && !element.relList.contains("nofollow")) yield "a link without rel";
    if (name === "button" && !element.matches("figure.embed > button:empty")) yield "a button that is not ours";
    if (name === "div" && !element.matches("div.scroll:has(> table:only-child)")) yield "a div";
    if (name === "p" && !element.textContent.trim() && !element.querySelector("img, [id]") && !element.id) yield "an empty <p>";
    if (element.shadowRoot || element.onclick || element.onload || element.onerror) yield `<${name}> is more than it says`;
  }
}

/// The tree as text, as the standard's parser may give it back: line ends of one kind, no first one in `pre`.
function outline(node) {
  let out = "", text = "";
  const flush = () => {
    if (text) out += JSON.stringify(text);
    text = "";
  };
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      text += child.data.replace(/\r\n?/g, "\n");
      if (node.localName === "pre" && !out) text = text.replace(/^\n/, "");
      continue;
    }
    flush();
    const attributes = [...child.attributes].map(({ name, value }) => `${name}=${JSON.stringify(value.replace(/\r\n?/g, "\n"))}`);
    out += child.nodeType === Node.ELEMENT_NODE ? `<${[child.localName, ...attributes].join(" ")}>${outline(child)}</>` : "?";
  }
  flush();
  return out;
}

/// What is wrong with what stands in `root`, one line each.
export function inspect(root, profile) {
  const found = [...faults(root, profile)].slice(0, 5);
  const markup = root.innerHTML, before = outline(root);
  const inert = document.implementation.createHTMLDocument("").createElement("div");
  inert.innerHTML = markup;
  const page = new DOMParser().parseFromString(markup, "text/html").body;
  for (const again of [inert, page]) {
    const after = outline(again);
    if (after !== before) {
      const at = [...after].findIndex((c, n) => c !== before[n]);
      found.push(`parsed again it is another tree: ${before.slice(Math.max(0, at - 60), at + 60)} | ${after.slice(Math.max(0, at - 60), at + 60)}`);
    }
  }
  return found;
}

/// Uses what stands in `root` as a reader might, but for following a link: where it leads is inspected.
export function use_all(root) {
  for (const element of root.querySelectorAll("a, summary, button, [tabindex]")) {
    if (element.closest("a[href]")) continue;
    element.focus();
    element.click();
    for (const type of ["mouseover", "pointerdown", "keydown", "toggle", "animationstart"]) {
      element.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
}

const hits = [];
Object.defineProperty(window, "__hit", { set: (who) => hits.push(String(who)), get: () => undefined });
performance.setResourceTimingBufferSize(100_000);

const watched = ["body", "head", "forms", "cookie", "createElement", "getElementById", "querySelector", "defaultView",
  "documentElement", "implementation", "location", "addEventListener", "currentScript", "activeElement"];
const inWindow = ["fetch", "alert", "getComputedStyle", "customElements", "location", "top", "self", "parent", "document"];
const picture = () => [...watched.slice(0, -1).map((name) => document[name]), ...inWindow.map((name) => window[name])];
const before = picture();

/// The scripts that ran, by the number of their case.
export function ran() {
  return hits;
}

/// What the browser asked for, of addresses that include `part`.
export function asked(part) {
  return performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes(part));
}

/// The properties of the document and of the window that are not what they were.
export function clobbered() {
  const after = picture();
  return [...watched.slice(0, -1), ...inWindow].filter((_, n) => after[n] !== before[n]);
}

/// Markup that does run and does ask, to show that both are seen, and that what was due before it has happened.
export function canary() {
  const box = document.createElement("div");
  box.innerHTML = '<img src="https://canary.example/x.png" onerror="top.__hit=\'canary\'">';
  document.body.append(box);
}
