/**
 * The page of states: `?state=NAME` shows one, without it all of them stand in frames. `theme`, `lang` and `width` (in
 * CSS pixels) say how; `framed` shows the card without what stands around it.
 *
 * `window.states.ready` resolves when the state stands and nothing moves any more; `window.states.dress({theme, width})`
 * shows it otherwise without a reload; `window.states.names` are all of them.
 */

import { BY_NAME, STATES } from "./states/list.js";
import { isRightToLeft, textsFor } from "./states/texts.js";
import { ARTICLE, ENDPOINT, enter } from "./states/world.js";

const query = new URLSearchParams(location.search);
const lang = query.get("lang") || "ar";
const main = document.querySelector("main");
const chooser = document.querySelector(".chooser");

/** An element with these attributes and children. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function dress({ theme, width }) {
  if (theme !== undefined) {
    document.documentElement.dataset.theme = theme;
    const card = document.querySelector("maqal-card");
    if (card && !BY_NAME.get(query.get("state"))?.sets?.theme) card.setAttribute("theme", theme);
  }
  if (width !== undefined) main.style.setProperty("--width", width ? `${Number(width)}px` : "");
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Someone who reads the card of `host`: finds what is in it, types, presses. */
function readerOf(host) {
  const $ = (css) => host.shadowRoot?.querySelector(css);
  const until = async (look) => {
    for (;;) {
      const found = look();
      if (found) return found;
      await frame();
    }
  };
  /** The whole card comes, as for a reader who steps into a field. */
  const whole = async () => {
    const body = $(".first #body");
    for (const name of ["pointerdown", "pointerup"]) body?.dispatchEvent(new PointerEvent(name, { bubbles: true, composed: true }));
    await until(() => !$(".first"));
  };
  // While the whole card is on its way, what is found at first sight is about to go.
  const find = (css) => until(() => !$(".first[aria-busy]") && $(css));
  const focus = (element) => {
    element.focus();
    // In a window that nobody looks at it has the focus, and does not hear of it.
    if (!document.hasFocus()) element.dispatchEvent(new FocusEvent("focus"));
  };
  return {
    $,
    until,
    whole,
    async press(css) {
      const button = await find(css);
      focus(button);
      button.click();
      await until(() => !$(".first[aria-busy]"));
      await frame();
    },
    async type(css, text) {
      await whole();
      const field = await find(css);
      focus(field);
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      await frame();
    },
  };
}

/** Nothing moves, and nothing is still to be drawn. */
async function settle(host, reader) {
  // The loader gives up the height that it holds with the reader's next action.
  dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
  await document.fonts.ready;
  const root = host.shadowRoot;
  const pictures = () => [...root.querySelectorAll("img:not([loading])")].every((picture) => picture.complete);
  const endless = (animation) => animation.effect?.getComputedTiming().iterations === Infinity;
  await reader.until(() => pictures() && root.getAnimations().every((animation) => endless(animation) || animation.playState === "finished"));
  await frame();
  await frame();
}

async function showOne(state) {
  const texts = textsFor(lang);
  document.documentElement.classList.toggle("framed", query.has("framed"));
  document.title = `${state.title} — the states of Maqal`;
  if (window.parent !== window) {
    // Several of them are on one page: none takes the keyboard from it, nor scrolls it.
    HTMLElement.prototype.focus = () => {};
  }
  enter(texts, state.serves?.(texts));

  const attributes = { lang, src: ARTICLE, endpoint: ENDPOINT, ...state.sets };
  const card = make("maqal-card", attributes);
  if (state.identity) card.identity = state.identity(texts);
  if (state.children) {
    const { headline, articleBody } = texts.article;
    const paragraphs = articleBody.split("\n\n").map((text) => make("p", {}, text));
    card.append(make("article", {}, make("h2", {}, headline), ...paragraphs));
  }
  main.className = "alone";
  main.append(
    make("div", { class: "about" }, make("h1", {}, state.title), make("p", { class: "what" }, state.what)),
    make("div", { class: state.children ? "stand paper" : "stand", dir: isRightToLeft(lang) ? "rtl" : "ltr" }, card),
  );
  dress({ theme: query.get("theme") || "auto", width: query.get("width") || "" });
  const reader = readerOf(card);
  await reader.until(() => reader.$(state.shows));
  await state.steps?.(reader, texts);
  await settle(card, reader);
}

function showAll() {
  const address = (name, more = {}) => `states.html?${new URLSearchParams({ ...Object.fromEntries(query), state: name, ...more })}`;
  const width = query.get("width") ?? "390";
  main.append(
    make("h1", {}, "Every state of the card"),
    make("p", { class: "what" }, "What a reader can meet, in the theme, language and width of your choice. Each state stands in a page of its own, with a server, a clock and a device that this page plays: nothing is sent anywhere."),
    make(
      "nav",
      { class: "contents", "aria-label": "States" },
      ...STATES.map(({ group, states }) =>
        make("div", {}, make("h2", {}, group), make("ul", { role: "list" }, ...states.map(({ name, title }) => make("li", {}, make("a", { href: `#${name}` }, title))))),
      ),
    ),
    ...STATES.map(({ group, states }) =>
      make(
        "section",
        { class: "group", "aria-label": group },
        make("h2", {}, group),
        make(
          "div",
          { class: !width || Number(width) > 400 ? "states wide" : "states" },
          ...states.map(({ name, title, what }) =>
            make(
              "div",
              { class: "state", id: name },
              make("h3", {}, make("a", { href: address(name) }, title)),
              make("p", { class: "what" }, what),
              make("iframe", { title, loading: "lazy", src: address(name, { framed: "", width: "" }) }),
            ),
          ),
        ),
      ),
    ),
  );
  dress({ theme: query.get("theme") || "auto", width });
  for (const shown of main.querySelectorAll("iframe")) {
    shown.addEventListener("load", () => {
      const { documentElement } = shown.contentDocument;
      const fit = () => {
        const height = documentElement.querySelector("main").scrollHeight + 4;
        // What is loading holds a screen's height, which is the frame's here: it would grow for ever.
        if (Math.abs(height - shown.clientHeight) > 8) shown.style.blockSize = `${height}px`;
      };
      shown.contentWindow.states?.ready.then(() => new ResizeObserver(fit).observe(documentElement.querySelector(".stand")));
    });
  }
}

const state = BY_NAME.get(query.get("state"));
for (const { group, states } of STATES) {
  const options = states.map(({ name, title }) => make("option", { value: name }, title));
  chooser.elements.namedItem("state").append(make("optgroup", { label: group }, ...options));
}
for (const name of ["state", "theme", "lang", "width"]) {
  const control = chooser.elements.namedItem(name);
  if (query.has(name)) control.value = query.get(name);
  control.addEventListener("change", () => {
    for (const { name, value } of chooser.elements) query.set(name, value);
    if (!query.get("state")) query.delete("state");
    location.search = query;
  });
}
window.states = {
  names: [...BY_NAME.keys()],
  dress,
  ready: state ? showOne(state) : Promise.resolve(showAll()),
};
