/**
 * Whole cards: the instance of the WebAssembly that they share, a new one in the place of one that breaks, and frames where the
 * page's policy forbids WebAssembly. `card.js` brings this once a reader, or a page that is not of the usual kind, needs it.
 */
import { beside, compile, ok, once, quiet, textOf } from "./once.js";
import { take } from "./take.js";
import { languageOf, words } from "./words.js";

/** What card.js shares: embed.js's `loader`, `memory`, the cards that are `standing`, the `sheets` of documents, and acts on states. */
let shared;

/** Begins; gives card.js what it calls. */
export function life(given) {
  shared = given;
  return { open, openFrame, bring };
}

/** The compiled code of the whole card: it outlives an instance that breaks. */
const code = once(() => compile("maqal_bg.wasm"));

let instance; // The one that new cards get, or its promise.
let instances = 0;

/** An instance of the WebAssembly. Its glue is a module that can be had once only, unless by another address. */
async function instantiate() {
  try {
    const again = instances++ ? `?instance=${instances}` : "";
    const compiled = code();
    quiet(compiled);
    const glue = await import(beside(`maqal.js${again}`));
    await glue.default({ module_or_path: await compiled });
    const own = { Card: glue.Card, hand: glue.hand, keepPlaces: glue.keepPlaces, lastWords: undefined, isBroken: false };
    glue.start(shared.memory, (message, host) => {
      own.lastWords = { message, host };
    });
    glue.whenBroken((error, host) => broke(own, error, host));
    return own;
  } catch (error) {
    instance = undefined;
    throw error;
  }
}

/** What is said of looks beyond those of what shows first. */
const later = once(() => textOf("later.css"));

/** The sheet of a document says the looks of whole cards from now on. */
async function complete(document) {
  const { SHEET, sheets } = shared;
  try {
    const all = await later();
    const sheet = sheets.get(document);
    if (sheet && !sheet.isWhole) sheet.replaceSync(SHEET + all);
    if (sheet) sheet.isWhole = true;
  } catch (error) {
    console.error("<maqal-card>: not all styles:", error);
  }
}

let attaching; // The state whose card is being attached.

const STANDS = ".title, .comment"; // What has an id of its own.
const AWAITED = ".waiting, .skeleton, .card[hidden]"; // What shows that something is still on its way.
const LONGEST_WAIT = 3000; // Milliseconds after which a card takes its place, whatever is still on its way to it.

/** Attaches the card of a state. */
const open = (state) => attach(state);

/** Whether `whole` has all that stands in `first`, and awaits no more than that. */
function showsAsMuch(whole, first) {
  const ids = new Set();
  for (const { id } of whole.querySelectorAll(STANDS)) ids.add(id);
  for (const { id } of first.querySelectorAll(STANDS)) if (!ids.has(id)) return false;
  return whole.querySelectorAll(AWAITED).length <= first.querySelectorAll(AWAITED).length;
}

/** The card comes for one that stands at first sight, and takes its place as soon as it shows as much. */
async function bring(state) {
  const { card, element } = state;
  if (!(await attach(state, card))) {
    if (state.card !== card) card.detach();
    return;
  }
  const root = element.shadowRoot;
  const whole = root.lastElementChild;
  const since = performance.now();
  const isReady = () => performance.now() - since > LONGEST_WAIT || showsAsMuch(whole, card.shell);
  while (card.isBusy || !isReady()) await new Promise(requestAnimationFrame);
  if (whole.parentNode === root) take(card, whole);
  if (state.identity !== null) state.card?.setIdentity(state.identity);
}

const IDLE = { timeout: 2000 }; // Milliseconds after which a card comes however busy the page is.
let isFollowing = false;

/**
 * What a reader chooses in one card (looks, names that are muted) the others follow: they come one by one, while there is nothing
 * else to do. Who only writes chooses nothing, and has the device for himself.
 */
async function follow({ target }) {
  if (target.closest(".field")) return;
  if (isFollowing) return;
  isFollowing = true;
  try {
    for (const state of [...shared.standing.keys()]) {
      if (!state.card?.bring) continue;
      await new Promise((resolve) => (globalThis.requestIdleCallback ? requestIdleCallback(resolve, IDLE) : setTimeout(resolve, 50)));
      state.card?.bring?.();
    }
  } finally {
    isFollowing = false;
  }
}

/** Attaches the whole card; where another one `stands`, unseen behind it. Gives whether it did. */
async function attach(state, stands) {
  const { element } = state;
  const { standing, sheetOf } = shared;
  const phrases = words(languageOf(element));
  quiet(phrases);
  quiet((instance ??= instantiate()));
  const them = await phrases;
  const sheet = sheetOf(element.ownerDocument);
  await complete(element.ownerDocument);
  const own = await (instance ??= instantiate());
  if (!element.isConnected || state.card !== stands) return false;
  // Another card has broken it a moment ago.
  if (own.isBroken) return attach(state, stands);
  if (!stands) shared.settle(state);
  attaching = state;
  try {
    standing.set(state, { own, them });
    // What was asked for at first sight is not asked for again. An answer can be read once only, by whichever card comes first.
    for (const asked of [state.asked?.article, state.asked?.page]) {
      if (!asked || asked.hasFailed || asked.isHanded) continue;
      asked.isHanded = true;
      own.hand(asked.url, asked.sent);
    }
    state.asked = undefined;
    state.card = own.Card.attach(element, sheet, them, Boolean(stands), Boolean(stands?.hasCounted));
    // From now on this one tells what happens.
    if (stands) stands.hasCounted = true;
    // At once: nobody sees or hears of two.
    if (stands) element.shadowRoot.lastElementChild.style.display = "none";
    own.keepPlaces(element.shadowRoot);
    for (const name of ["click", "change"]) element.shadowRoot.addEventListener(name, follow);
    return true;
  } catch (error) {
    // A broken instance has said so already.
    if (!standing.delete(state)) return false;
    throw error;
  } finally {
    attaching = undefined;
  }
}

/** What frames need that hold cards where the page's policy forbids WebAssembly. */
const framing = once(async () => {
  const glue = "maqal.js";
  const name = "maqal_bg.wasm";
  const [{ attach }, text, wasm, all] = await Promise.all([
    import(beside("frame.js")),
    textOf(glue),
    fetch(beside(name), { credentials: "omit" }),
    later(),
  ]);
  const code = await (await ok(wasm, name)).arrayBuffer();
  return { attach, glue: text, wasm: code, looks: shared.SHEET + all, memory: shared.memory };
});

/** The card of a state, in a frame. */
async function openFrame(state) {
  const { element } = state;
  const { loader, settle, left, translate, sheetOf, standing } = shared;
  const language = languageOf(element);
  const phrases = words(language);
  quiet(phrases);
  const { attach, ...parts } = await framing();
  const them = await phrases;
  const sheet = sheetOf(element.ownerDocument);
  if (!element.isConnected || state.card) return;
  settle(state);
  const own = { isBroken: false, lastWords: undefined };
  standing.set(state, { own, them });
  const identity = state.identity ?? undefined;
  const hear = {
    broke(error) {
      const root = element.shadowRoot;
      if (sheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      complete(element.ownerDocument);
      broke(own, error, element);
    },
    failed(error) {
      left(state);
      state.drop();
      if (!error.final) loader.tryLater(state, loader.begin);
      loader.report(element, "load", `<maqal-card>: the card could not be loaded: ${error.message}`);
    },
  };
  state.card = attach(element, { ...parts, words: them, identity, ...hear });
  if (languageOf(element) !== language) translate(state);
}

const SOON = 10_000; // Milliseconds: who breaks again by then is not taken up again without being asked.
let lastBreak = -SOON;

/**
 * An instance has broken (a panic, a trap), and nothing calls it any more. The card that broke it shows its element's
 * children and a button; the others go over to a new instance. `host` is the element at fault, where that is known.
 */
function broke(own, error, host) {
  const { loader, standing } = shared;
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
  const { loader } = shared;
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
