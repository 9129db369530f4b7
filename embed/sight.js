/**
 * A card at first sight: the article and the first page of its comments, by a small module of WebAssembly that declines whatever
 * is not of the usual shape. What the reader does is taken down, and done again in the whole card, which comes for it.
 */
import { build, building, canBuild } from "./build.js";
import { painted, quiet, rest } from "./once.js";
import { pathOf } from "./path.js";
import { articleSkeleton, conversationSkeleton } from "./skeleton.js";
import { teller } from "./tell.js";
import { written } from "./tree.js";
import { isRightToLeft } from "./words.js";

const UNUSUAL = ["item", "words", "comfort", "autoload", "email", "website"];
const CHOICES = { theme: /^(auto|light|sepia|dark)$/, heading: /^[1-6]$/, sort: /^(newest|oldest|liked)$/, thread: /^\s*[!-~\u0621-\u064a]{1,200}\s*$/ };
const DATA = "script[type*=ld\\+json i]"; // It may name the conversation.
const LOOKS = "maqal:comfort";
const LARGEST = 1_000_000; // Bytes of an answer that is read here: of a larger one a slow device makes one long task.
const PATIENCE = 4_000; // Milliseconds that the card waits for the article: then the whole card says so.
const SOONEST = 2; // Comments: what a slow device lays out in one task, form and article besides.
const SCREEN = 4; // Comments that come after those, each time.
const SLOW_AFTER = 5_000; // Milliseconds after which the reader is told that the server is slow.
const UNSEEN = "block-size: 0; margin: 0; overflow: hidden; visibility: hidden; contain: strict"; // As wide as it will be: so it is laid out once.
const STREAM_LATER = 30_000; // Milliseconds after which the whole card asks where no events come.

/** Whether this device keeps anything for a reader that only the whole card knows what to do with. */
function keepsAnything(memory) {
  if (memory.size) return true;
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key.slice(0, 6) === "maqal:" && key !== LOOKS) return true;
    }
  } catch {
    // A device that denies this keeps nothing.
  }
  return false;
}

function address(text, base) {
  try {
    const url = new URL(text.trim(), base);
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The language of an element as its settings have it; `undefined` where a tag is wrong. */
function tagOf(element, words) {
  const own = element.closest("[lang]")?.getAttribute("lang") ?? "ar";
  try {
    const [tag] = Intl.getCanonicalLocales(own.trim());
    // Words of another language bring their own numbers and dates.
    return tag.split("-")[0] === words.language && !/-(Latn|Cyrl)\b/.test(tag) ? tag : words.language;
  } catch {
    return undefined;
  }
}

/** Articles that are asked for, by their addresses, as long as a card shows them. */
const articles = new Map();

/** The text of an answer that this card knows how to read. The answer itself is the whole card's. */
async function read({ url, sent }) {
  try {
    const response = await sent;
    const { headers } = response;
    const isOurs = response.ok && /[/+]json\b/i.test(headers.get("content-type")) && !(headers.get("content-length") > LARGEST);
    return isOurs ? { text: await response.clone().text(), from: response.url || url } : undefined;
  } catch {
    return undefined;
  }
}

/** The article of `src`: what was `asked` early, or is asked for now; once for all cards. */
function article(src, asked, loader) {
  if (!articles.has(src)) {
    const request = asked?.url === src ? asked : loader.askForArticle(src);
    articles.set(src, { users: 0, request, answer: read(request) });
  }
  const known = articles.get(src);
  known.users++;
  return known;
}

/** The article that an element holds, once the page is there. */
async function ownArticle(element) {
  const document = element.ownerDocument;
  if (document.readyState === "loading") await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  try {
    return { text: written(element, LARGEST), from: element.baseURI };
  } catch {
    return undefined;
  }
}

/** The name of a page's conversation: its canonical address (RFC 6596), else its own. */
function nameOf(document) {
  const canonical = document.querySelector("link[rel=canonical][href]")?.getAttribute("href");
  return address(canonical ?? document.URL, document.URL)?.href.split("#")[0];
}

function leaveArticle(url) {
  const known = articles.get(url);
  if (known && !--known.users) articles.delete(url);
}

/** What an element is to show, where that is of the usual kind. */
function wantedBy({ element, identity }, memory) {
  const document = element.ownerDocument;
  if (identity !== null || document !== globalThis.document || /^#maqal-/.test(location.hash)) return undefined;
  for (const name of UNUSUAL) if (element.hasAttribute(name)) return undefined;
  for (const name in CHOICES) if (element.hasAttribute(name) && !CHOICES[name].test(element.getAttribute(name))) return undefined;
  if (!canBuild(document) || keepsAnything(memory)) return undefined;
  const [src, endpoint] = [element.getAttribute("src"), element.getAttribute("endpoint")];
  const [article, comments] = [src && address(src, element.baseURI), endpoint && address(endpoint, element.baseURI)];
  if (!comments || (article ? false : src !== null || !hasChildren(element))) return undefined;
  if (article) article.hash = "";
  const thread = element.getAttribute("thread")?.trim() ?? (article || element.querySelector(DATA) ? "" : nameOf(document));
  if (!(thread?.length < 1024)) return undefined;
  return { src: article?.href, endpoint: comments, thread, sort: element.getAttribute("sort") ?? "newest", heading: Number(element.getAttribute("heading") ?? 2) };
}

/** What a card is to show, where that is of the usual kind: it is asked for, as far as it is known, while all else is on its way. */
export function usual(state, memory, loader) {
  try {
    const wanted = wantedBy(state, memory);
    if (!wanted) return undefined;
    if (wanted.src) {
      const { request, answer } = article(wanted.src, state.asked?.article, loader);
      state.asked = { article: request, page: state.asked?.page };
      wanted.article = answer;
    } else {
      state.asked ??= {};
      wanted.article = ownArticle(state.element);
    }
    if (wanted.thread) askForPage(state, wanted, wanted.thread, loader);
    return wanted;
  } catch {
    // A page has something of its own in the place of what is used here.
    return undefined;
  }
}

function askForPage({ asked }, wanted, thread, loader) {
  if (!wanted.page) {
    asked.page ??= loader.askForPage(wanted.endpoint, thread, wanted.sort);
    wanted.page = read(asked.page);
  }
  return wanted.page;
}

/** What `promise` gives, unless it takes longer than so many milliseconds. */
function within(milliseconds, promise) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    promise.then(resolve);
  });
}

function element(document, name, className, parent) {
  const made = document.createElement(name);
  made.className = className;
  return parent.appendChild(made);
}

/** Whether the element's children show something until the article is here. */
function hasChildren(host) {
  return Boolean(host.textContent.trim() || host.querySelector("img, picture, video"));
}

/**
 * Shows the card of `wanted`; gives it, or `undefined` where the whole card has to. `module` promises what the small module
 * exports, `bring(state)` brings the whole card, `memory` keeps texts that the device does not.
 */
export async function show(state, wanted, { module, sheet, words, memory, loader, bring }) {
  const host = state.element;
  let frame;
  let shown;
  try {
    const tag = tagOf(host, words);
    if (tag === undefined || words.dates) return undefined;
    const tell = teller(words, tag);
    frame = new Frame(state, sheet, tell, tag);
    frame.await(words, wanted.heading);
    quiet(tell.prepare());
    const { card } = await module;
    const answer = await within(PATIENCE, wanted.article);
    if (!answer || !host.isConnected || state.card) return undefined;
    const [title, language, named, view] = card(answer.text, answer.from, tag, wanted.heading, Boolean(navigator.share)).split("\0");
    if (!view) return undefined;
    await rest();
    if (!host.isConnected || state.card) return undefined;
    frame.show(view);
    shown = new FirstCard({ state, wanted, language, thread: wanted.thread || named || nameOf(host.ownerDocument), module, frame, tell, tag, memory, loader, bring });
    shown.begin(title);
    return shown;
  } catch {
    // Whatever it is, the whole card tells its reader.
    shown = undefined;
    return undefined;
  } finally {
    if (!shown) {
      frame?.end();
      leaveArticle(wanted.src);
    }
  }
}

/** The card around what it shows: its language, its colours, and what the reader chose of the text's looks. */
class Frame {
  card;
  shell;
  #talk;
  #unseen; // What is laid out and not shown yet.
  #heard = [];

  constructor({ element: host }, sheet, tell, tag) {
    const document = host.ownerDocument;
    this.host = host;
    this.sheet = sheet;
    this.tell = tell;
    this.shell = document.createElement("div");
    this.shell.className = "maqal first";
    this.card = element(document, "div", "card", element(document, "div", "container", this.shell));
    this.card.setAttribute("data-digits", tell.digits);
    this.card.lang = tag;
    this.card.dir = isRightToLeft(tag) ? "rtl" : "ltr";
    const dark = matchMedia("(prefers-color-scheme: dark)");
    this.#look(dark);
    this.hear(dark, "change", () => this.#look(dark));
    this.hear(globalThis, "storage", () => this.#look(dark));
  }

  /** Listens until the card goes. */
  hear(target, name, act, options) {
    target.addEventListener(name, act, options);
    this.atEnd(() => target.removeEventListener(name, act, options));
  }

  /** Something to do when the card goes. */
  atEnd(act) {
    this.#heard[this.#heard.length] = act;
  }

  #look(dark) {
    let kept = "";
    try {
      kept = localStorage.getItem(LOOKS) ?? "";
    } catch {
      // A device that denies this keeps nothing.
    }
    const chosen = (name, fit, usual) => new RegExp(`(?:^| )${name}=(${fit})(?: |$)`).exec(kept)?.[1] ?? usual;
    let theme = chosen("theme", "auto|light|sepia|dark", this.host.getAttribute("theme") ?? "auto");
    if (theme === "auto") theme = dark.matches ? "dark" : "light";
    this.card.setAttribute("data-theme", theme);
    this.card.setAttribute("part", `card ${theme}`);
    const container = this.card.parentNode;
    container.setAttribute("data-text-size", chosen("text-size", "85|100|115|130|150|175", "100"));
    container.setAttribute("data-line-spacing", chosen("line-spacing", "normal|wide|wider", "normal"));
  }

  /** Lays the conversation out, unseen, and stands for the article where nothing of the page's does: what is to come is on its way. */
  await(words, heading) {
    const { host, sheet, shell, card } = this;
    this.#talk = conversationSkeleton(words, heading, card.dir, card);
    if (hasChildren(host)) this.#unseen = shell;
    else {
      this.#unseen = this.#talk;
      card.insertBefore(articleSkeleton(words, card), this.#talk);
    }
    this.#unseen.style.cssText = UNSEEN;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    if (sheet) {
      const others = [];
      for (const other of root.adoptedStyleSheets) if (other !== sheet) others[others.length] = other;
      root.adoptedStyleSheets = [...others, sheet];
    }
    while (this.#unseen !== shell && root.firstChild) root.removeChild(root.firstChild);
    root.appendChild(shell);
  }

  /** Shows the article of `view`, and the conversation under it. */
  show(view) {
    const { shell, card } = this;
    const article = card.ownerDocument.createDocumentFragment();
    build(view, article, this.tell);
    if (card.firstChild !== this.#talk) card.removeChild(card.firstChild);
    card.insertBefore(article, this.#talk);
    // It stays where it is: what is taken out is laid out anew.
    const { parentNode: root } = shell;
    while (root.firstChild !== shell) root.removeChild(root.firstChild);
    this.#unseen.removeAttribute("style");
    this.#unseen = undefined;
  }

  /** It listens no longer; what it shows stays until something else takes its place. */
  end() {
    if (this.#unseen === this.shell) this.shell.remove();
    for (const act of this.#heard) act();
    this.#heard = [];
  }
}

/** A card that shows its article and comments, and no more. */
class FirstCard {
  acts = []; // What the reader did that only the whole card can do.
  typed = { __proto__: null }; // The fields that the reader wrote in, by their names.
  hasCounted = false; // The host page knows how many comments there are, or hears it from the whole card.
  root;
  shell;
  #given;
  #ages = [];
  #hasBegun = false;
  #isWanted = false; // The whole card is, since before this one had begun.
  #isPressed = false;
  #isComposing = false;
  #isChoosing = false; // From a list that is open.
  #isLeaving = false;
  #stream;
  #live = "";

  constructor(given) {
    const { frame, tag, language } = given;
    this.#given = given;
    this.shell = frame.shell;
    this.root = this.shell.parentNode;
    this.#language(language);
    this.#speak(language || tag);
    this.#listen();
  }

  /** The article stands, whose title is `title`. */
  begin(title) {
    const { wanted } = this.#given;
    if (!wanted.src) this.#watch();
    this.#tell("maqal:ready", { title });
    this.#converse(wanted);
    // Not before the loader knows of this card.
    setTimeout(() => {
      this.#hasBegun = true;
      if (this.#isWanted) this.bring();
    });
  }

  get #card() {
    return this.#given.frame.card;
  }

  /** The article's own language, and its digits. */
  #language(language) {
    const { tell } = this.#given;
    const article = this.#card.querySelector(".article");
    let digits = tell.digits;
    try {
      const [own] = Intl.getCanonicalLocales(language ? language.replaceAll("_", "-") : []);
      if (own) {
        article.lang = own;
        digits = tell.digitsIn(own);
      }
    } catch {
      // No language tag: the article is in no known language.
    }
    article.setAttribute("data-digits", digits);
  }

  #tell(name, detail) {
    this.#given.state.element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** The button that reads the article aloud is there while the device has a voice of its language. */
  #speak(language) {
    const button = this.#card.querySelector(".listen");
    const tools = button.parentNode;
    const [wanted] = language.toLowerCase().split(/[-_]/);
    const look = () => {
      let has = false;
      for (const { lang } of globalThis.speechSynthesis?.getVoices() ?? []) has ||= lang.toLowerCase().split(/[-_]/)[0] === wanted;
      if (has) tools.insertBefore(button, tools.firstChild);
      else button.remove();
    };
    look();
    if (globalThis.speechSynthesis?.addEventListener) this.#given.frame.hear(speechSynthesis, "voiceschanged", look);
  }

  /** The conversation, once its first page is here. */
  async #converse(wanted) {
    const { state, module, thread, tell, loader } = this.#given;
    const foot = this.#card.querySelector(".foot").firstChild;
    const slow = setTimeout(() => {
      const sentence = element(foot.ownerDocument, "p", "slow", foot);
      sentence.setAttribute("role", "status");
      sentence.textContent = tell.words.slow;
    }, SLOW_AFTER);
    try {
      const answer = await askForPage(state, wanted, thread, loader);
      clearTimeout(slow);
      const { comments } = await module;
      // What stands shows meanwhile.
      await painted();
      const [total, live, head, list] = comments(answer.text, wanted.sort, wanted.heading + 1).split("\0");
      if (!list) throw new Error("it is not of the usual shape");
      await rest();
      const { ownerDocument: document } = this.shell;
      const holder = document.createElement("div");
      build(head, holder, tell);
      const steps = building(list, holder, tell, this.#ages);
      const go = (count) => {
        for (let step = 0; step < count; step++) if (steps.next().done) return false;
        return true;
      };
      let hasMore = go(SOONEST);
      await rest();
      if (this.#isLeaving) return;
      while (holder.firstChild) {
        const former = this.#card.querySelector(`.${holder.firstChild.className}`);
        former.parentNode.replaceChild(holder.firstChild, former);
      }
      // The newest first, the others bit by bit: more at once is a long task for a slow device.
      while (hasMore) {
        await painted();
        if (this.#isLeaving) return;
        hasMore = go(SCREEN);
      }
      this.#live = live;
      if (!this.hasCounted) this.#tell("maqal:count", { thread, total: Number(total) });
      this.hasCounted = true;
      // The others of a long answer come with the whole card.
      if (this.#card.querySelector(".list[aria-busy=true]")) painted().then(() => this.bring());
      else this.#follow();
      const minutes = setInterval(() => {
        for (const [time, at] of this.#ages) time.textContent = tell.ago(at);
      }, 60_000);
      this.#given.frame.atEnd(() => clearInterval(minutes));
    } catch {
      // As above.
      if (!this.#isLeaving) this.bring();
    }
  }

  /** Hears that something happened in the conversation while it is before the reader's eyes: the whole card shows it. */
  #follow() {
    const { wanted, thread } = this.#given;
    const talk = this.#card.querySelector(".talk");
    const close = () => {
      const stream = this.#stream;
      if (!stream) return;
      stream.close();
      // WebKit opens a closed stream again where a reader comes back to the page: an error comes first.
      stream.onerror = () => stream.close();
      this.#stream = undefined;
    };
    let later;
    const bringLater = () => (later ??= setTimeout(() => this.bring(), STREAM_LATER));
    this.#given.frame.atEnd(() => clearTimeout(later));
    const open = () => {
      if (this.#stream || this.#isLeaving) return;
      if (!this.#live) return bringLater();
      const url = new URL(wanted.endpoint);
      url.pathname += `${url.pathname.endsWith("/") ? "" : "/"}stream`;
      url.searchParams.append("thread", thread);
      url.searchParams.append("since", this.#live);
      const stream = new EventSource(url.href);
      this.#stream = stream;
      stream.addEventListener("change", () => this.bring());
      stream.addEventListener("error", () => {
        if (stream.readyState === 2) bringLater();
      });
    };
    let isNear = false;
    const look = () => (isNear && document.visibilityState !== "hidden" ? open() : close());
    try {
      const watch = new IntersectionObserver(([entry]) => {
        isNear = entry.isIntersecting;
        look();
      }, { rootMargin: "100% 0px" });
      watch.observe(talk);
      this.#given.frame.atEnd(() => watch.disconnect());
    } catch {
      isNear = true;
      look();
    }
    this.#given.frame.hear(document, "visibilitychange", look);
    this.#given.frame.atEnd(close);
  }

  /** Takes down what the reader does. */
  #listen() {
    const shell = this.shell;
    const hear = (name, act) => this.#given.frame.hear(shell, name, act);
    hear("pointerdown", ({ target }) => {
      this.#isPressed = true;
      this.#isChoosing = target.localName === "select";
      if (target.closest("button:not(.unfold, .fold > .more), input, textarea, select")) this.bring();
    });
    // The press that ended may still become a click.
    for (const name of ["pointerup", "pointercancel"]) this.#given.frame.hear(globalThis, name, () => setTimeout(() => (this.#isPressed = false)), true);
    hear("focusin", ({ target }) => target.closest("input, textarea, select") && this.bring());
    hear("click", (event) => this.#click(event));
    hear("submit", (event) => {
      event.preventDefault();
      this.#act("submit", event.target);
    });
    for (const name of ["change", "focusout"]) hear(name, () => (this.#isChoosing = false));
    hear("change", ({ target }) => target.localName === "select" && this.#act("change", target, target.value));
    hear("input", ({ target }) => target.form && this.#keep(target));
    hear("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !event.target.form) return;
      event.preventDefault();
      this.#act("submit", event.target.form);
    });
    hear("compositionstart", () => (this.#isComposing = true));
    hear("compositionend", () => (this.#isComposing = false));
    hear("beforematch", () => this.#unfold());
    // A picture that does not come: the whole card says so in its place. The event does not bubble.
    this.#given.frame.hear(shell, "error", () => this.bring(), true);
    this.#given.frame.hear(shell.ownerDocument, "selectionchange", () => this.selection() && this.bring());
  }

  /** The element's children are the article: where they change, the whole card shows that. */
  #watch() {
    const watch = new MutationObserver(() => this.bring());
    watch.observe(this.#given.state.element, { childList: true, characterData: true, subtree: true });
    this.#given.frame.atEnd(() => watch.disconnect());
  }

  #click(event) {
    const { target } = event;
    const link = target.closest("a");
    if (link) {
      if (link.getAttribute("href")?.[0] !== "#") return;
      event.preventDefault();
      this.#act("click", link);
      return;
    }
    const button = target.closest("button");
    if (!button || button.type === "submit") return;
    if (button.matches(".fold > .more")) {
      this.acts[this.acts.length] = { kind: "click", path: pathOf(button, this.shell) };
      const rest = this.#unfold();
      rest.tabIndex = -1;
      rest.focus({ preventScroll: true });
    } else if (button.matches(".unfold")) {
      this.acts[this.acts.length] = { kind: "click", path: pathOf(button, this.shell) };
      const isFolded = button.previousElementSibling.classList.toggle("folded");
      button.setAttribute("aria-expanded", !isFolded);
      button.textContent = this.#given.tell.phrase(isFolded ? "comment_more" : "comment_less");
    } else {
      button.setAttribute("aria-busy", "true");
      this.#act("click", button);
    }
  }

  /** Shows the rest of the article. */
  #unfold() {
    const rest = this.#card.querySelector("#article-rest");
    rest.removeAttribute("hidden");
    rest.parentNode.classList.remove("folded");
    this.#card.querySelector(".fold")?.remove();
    return rest;
  }

  #act(kind, target, value) {
    // What is sent is sent once, however often the button is pressed.
    if (kind === "submit") for (const act of this.acts) if (act.kind === kind) return;
    this.acts[this.acts.length] = { kind, path: pathOf(target, this.shell), value };
    this.bring();
  }

  /** Keeps what is typed as the whole card keeps it: nothing is lost if that never comes. */
  #keep(field) {
    this.typed[field.name] = field;
    const { wanted, thread, memory } = this.#given;
    const endpoint = wanted.endpoint.href;
    const keep = (key, kept) => {
      try {
        if (kept === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, kept);
        memory.delete(key);
      } catch {
        if (kept !== undefined) memory.set(key, kept);
        else memory.delete(key);
      }
    };
    const { name, value } = field;
    if (name === "body") keep(`maqal:draft:${endpoint} ${encodeURIComponent(thread)}:`, value ? JSON.stringify({ body: value }) : undefined);
    else if (value) {
      const key = `maqal:author:${endpoint}`;
      let former; // Of another card: what it says besides the name stays.
      try {
        former = JSON.parse(localStorage.getItem(key) ?? memory.get(key));
      } catch {
        // It says nothing.
      }
      keep(key, JSON.stringify({ ...former, name: value }));
    }
  }

  /** What is selected of the texts, by its places in the text of the card. */
  selection() {
    const document = this.shell.ownerDocument;
    const selection = this.root.getSelection?.() ?? document.getSelection();
    const range = selection?.getComposedRanges?.({ shadowRoots: [this.root] })[0] ?? (selection?.rangeCount ? selection.getRangeAt(0) : undefined);
    if (!range || range.collapsed) return undefined;
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const within = startContainer.parentElement?.closest(".body, .say");
    if (!within || !this.shell.contains(within)) return undefined;
    return { startContainer, startOffset, endContainer, endOffset };
  }

  /** The whole card comes in the place of this one. */
  bring() {
    const { state, bring } = this.#given;
    this.#isWanted = true;
    this.shell.setAttribute("aria-busy", "true");
    if (this.#hasBegun && !this.#isLeaving) bring(state);
  }

  /** It cannot be had now; it is tried again. What was typed is kept. */
  wait() {
    const { words } = this.#given.tell;
    const form = this.#card.querySelector("form");
    this.shell.removeAttribute("aria-busy");
    for (const pressed of this.#card.querySelectorAll("button[aria-busy=true]")) pressed.removeAttribute("aria-busy");
    let note = form.querySelector(".note");
    if (!note) {
      // At the end, so that what stands before keeps its place among its siblings.
      note = element(this.shell.ownerDocument, "div", "note wait", form);
      note.setAttribute("part", "notice");
      note.setAttribute("role", "status");
      element(this.shell.ownerDocument, "p", "", note);
    }
    const kept = form.querySelector("[name=body]").value ? words.draft_kept : "";
    note.firstChild.textContent = `${navigator.onLine ? words.cause_unreachable : words.cause_offline} ${kept}`.trim();
  }

  /** Whether the reader is in the middle of something that another card in this one's place would break off. */
  get isBusy() {
    return this.#isPressed || this.#isComposing || this.#isChoosing;
  }

  attributeChanged() {
    this.bring();
  }

  setWords() {
    this.bring();
  }

  setIdentity() {
    this.bring();
  }

  reload() {
    this.acts[this.acts.length] = { kind: "reload" };
    this.bring();
  }

  detach() {
    this.#isLeaving = true;
    this.#given.frame.end();
    this.shell.remove();
    if (!this.root.firstChild) element(this.shell.ownerDocument, "slot", "", this.root);
    leaveArticle(this.#given.wanted.src);
  }
}
