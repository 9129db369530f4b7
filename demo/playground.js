/**
 * The playground: choices on one side, and on the other the code that says them and a card that has them. What is chosen
 * stands in the page's address, so that it can be passed on.
 */

import { snippet, BUNDLED } from "./snippet.js";
import { attributesOf, childrenFor, choicesFor, cssOf, flaw, leastContrast, query, read, wayOf } from "./playground/choices.js";
import { LANGUAGE_NAMES, TEXTS, WORDS } from "./playground/words.js";

const PAUSE = 400; // Milliseconds without a key before the preview asks for what was typed.
const RECIPES = "https://github.com/maqal/maqal/blob/main/docs/recipes/";

const asked = new URLSearchParams(location.search);
const preferred = navigator.languages.map((tag) => tag.split("-")[0]).find((language) => language in WORDS);
const ui = asked.get("ui") in WORDS ? asked.get("ui") : (preferred ?? "ar");
const words = WORDS[ui];
const choices = choicesFor(location.href.replace(/[?#].*$/, ""));
let values = read(choices, asked);
/** The loader of this version alone, `{ file, integrity }`, where it is known. */
let pinned;

const form = document.querySelector("#choices");
const stand = document.querySelector(".stand");
const blocks = document.querySelector(".blocks");
const said = document.querySelector(".said");
const say = (key, marks = {}) => Object.entries(marks).reduce((text, [mark, value]) => text.replace(`{${mark}}`, value), words[key]);

/** An element with these attributes and children; an attribute that is `false` or nothing is left out. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// The form.

const choice = (name) => choices.find((one) => one.name === name);

/** A hint under a field, and its tie to it. */
function hinted(name, field, key) {
  const hint = make("small", { id: `${name}-hint`, class: "hint" }, key ? words[key] : "");
  field.setAttribute("aria-describedby", hint.id);
  return hint;
}

function textField(name, { hint, lines, ltr } = {}) {
  const field = make(lines ? "textarea" : "input", {
    name,
    id: name,
    rows: lines,
    type: lines ? undefined : "text",
    inputmode: ltr && !lines ? "url" : undefined,
    spellcheck: ltr ? "false" : undefined,
    dir: ltr ? "ltr" : "auto",
  });
  return make("div", { class: "field" }, make("label", { for: name }, words[name]), field, hinted(name, field, hint));
}

function selectField(name, label) {
  const options = choice(name).options.map((value) => make("option", { value, lang: LANGUAGE_NAMES[value] && value }, label(value)));
  return make("div", { class: "field" }, make("label", { for: name }, words[name]), make("select", { name, id: name }, ...options));
}

/** Choices of which one holds, all to be seen. */
function radios(name, className, label) {
  const options = choice(name).options.map((value) => make("label", {}, make("input", { type: "radio", name, value }), label(value)));
  return make("fieldset", { class: `radios ${className}` }, make("legend", {}, words[name]), ...options);
}

function flag(name) {
  return make("label", { class: "flag" }, make("input", { type: "checkbox", name }), make("span", {}, words[name]));
}

function colour(name) {
  const field = make("input", { type: "color", name, id: name });
  return make("div", { class: "field colour" }, make("label", { for: name }, words[name]), field, hinted(name, field));
}

function group(key, ...fields) {
  return make("details", { class: "group", open: true }, make("summary", {}, make("h2", {}, words[key])), ...fields);
}

function build() {
  form.append(
    make("h2", { class: "unseen" }, words.choices),
    radios("host", "chips", (value) => make("span", { lang: "en" }, words[`host_${value}`])),
    radios("way", "cards", (value) => make("span", {}, make("b", {}, words[`way_${value}`]), make("small", {}, words[`way_${value}_hint`]))),
    make("p", { class: "hint ways-hint", id: "way-hint" }),
    textField("loader", { ltr: true }),
    group(
      "article",
      radios("source", "chips", (value) => make("span", {}, words[`source_${value}`])),
      textField("src", { hint: "src_hint", ltr: true }),
      textField("item", { hint: "item_hint", ltr: true }),
      textField("title", { hint: "fallback_hint" }),
      textField("lead", { lines: 2 }),
      textField("text", { hint: "text_hint", lines: 5 }),
    ),
    group(
      "comments",
      textField("endpoint", { ltr: true }),
      textField("thread", { hint: "thread_hint" }),
      selectField("sort", (value) => words[`sort_${value}`]),
      make("div", { class: "pair" }, ...["email", "website"].map((name) => selectField(name, (value) => words[`ask_${value}`]))),
      flag("autoload"),
    ),
    group(
      "language",
      selectField("lang", (value) => LANGUAGE_NAMES[value] ?? words.lang_),
      textField("words", { hint: "words_hint", lines: 3, ltr: true }),
    ),
    group(
      "look",
      make("div", { class: "pair" }, selectField("theme", (value) => words[`theme_${value}`]), selectField("heading", (value) => `h${value}`)),
      make(
        "fieldset",
        { class: "flags" },
        make("legend", {}, words.comfort),
        ...choice("comfort").options.map((value) =>
          make("label", { class: "flag" }, make("input", { type: "checkbox", name: "comfort", value }), make("span", {}, words[`comfort_${value}`])),
        ),
      ),
      flag("brand"),
      make("div", { class: "pair" }, colour("accent"), colour("accent-dark")),
      make(
        "div",
        { class: "pair" },
        selectField("font", (value) => words[`font_${value}`]),
        make(
          "div",
          { class: "field" },
          make("label", { for: "round" }, words.round),
          make("input", { type: "range", name: "round", id: "round", min: choice("round").least, max: choice("round").most }),
        ),
      ),
      flag("flat"),
    ),
    make("button", { type: "button", class: "reset" }, words.reset),
  );
}

const controls = (name) => [...form.querySelectorAll(`[name="${name}"]`)];

/** Puts the values into the form. */
function fill() {
  for (const { name, kind } of choices) {
    for (const control of controls(name)) {
      if (control.type === "radio") control.checked = control.value === values[name];
      else if (kind === "many") control.checked = values[name].includes(control.value);
      else if (control.type === "checkbox") control.checked = values[name];
      else control.value = values[name];
    }
  }
}

/** Takes them from it. */
function take() {
  for (const { name, kind } of choices) {
    const them = controls(name);
    if (kind === "many") values[name] = them.filter(({ checked }) => checked).map(({ value }) => value);
    else if (kind === "flag") values[name] = them[0].checked;
    else if (kind === "number") values[name] = Number(them[0].value);
    else values[name] = (them[0].type === "radio" ? them.find(({ checked }) => checked) : them[0]).value;
  }
}

/** What is asked for follows from what was chosen. */
function dress() {
  const shows = {
    loader: wayOf(values, Boolean(pinned)) !== "npm",
    src: values.source === "src",
    item: values.source === "src",
    text: values.source !== "src",
    accent: values.brand,
    "accent-dark": values.brand,
  };
  for (const [name, shown] of Object.entries(shows)) controls(name)[0].closest(".field").hidden = !shown;
  form.querySelector("#title-hint").hidden = values.source !== "src";
  const bundled = BUNDLED.includes(values.host);
  const way = wayOf(values, Boolean(pinned));
  for (const control of controls("way")) {
    control.disabled = (control.value === "npm" && !bundled) || (control.value === "pinned" && !pinned);
    control.checked = control.value === way;
  }
  form.querySelector("#way-hint").textContent = [!bundled && words.no_npm, !pinned && words.no_pinned].filter(Boolean).join(" ");
  for (const one of choices) {
    const [field] = controls(one.name);
    const key = flaw(one, String(values[one.name]));
    if (one.kind !== "json") continue;
    field.setAttribute("aria-invalid", key ? "true" : "false");
    form.querySelector(`#${one.name}-hint`).textContent = words[key ?? `${one.name}_hint`];
  }
  for (const name of ["title", "lead", "text"]) controls(name)[0].placeholder = texts()[name] ?? "";
  const number = new Intl.NumberFormat(ui === "ar" ? "ar-u-nu-arab" : "en", { maximumFractionDigits: 1 });
  for (const [name, themes] of [["accent", ["light", "sepia"]], ["accent-dark", ["dark"]]]) {
    const least = Math.floor(leastContrast(values[name], themes) * 10) / 10;
    const hint = form.querySelector(`#${name}-hint`);
    hint.textContent = say(least >= 4.5 ? "contrast_good" : "contrast_bad", { n: number.format(least), least: number.format(4.5) });
    hint.classList.toggle("bad", least < 4.5);
  }
}

/** The article that stands in the card until one is typed; for an address of the publisher's own we know none. */
const texts = () => (values.source === "src" && values.src !== choice("src").initial ? {} : TEXTS[values.source]);

// The code.

// From its first such letter, with what opens before it, to the last one, with what ends a sentence after it.
const RIGHT_TO_LEFT = /[«(]?[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^<>"'`{}\n]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?[.:!…»)]*/g;

/** A text whose right-to-left runs turn nothing around them. */
function isolated(text) {
  const parts = [];
  let at = 0;
  for (const { 0: run, index } of text.matchAll(RIGHT_TO_LEFT)) {
    parts.push(text.slice(at, index), make("bdi", {}, run));
    at = index + run.length;
  }
  return [...parts, text.slice(at)];
}

const TOKENS = /(<!--[\s\S]*?-->)|("[^"\n]*"|'[^'\n]*'|`[^`\n]*`)|(<\/?[a-z][\w:-]*|\/?>|\{\{<|>\}\}|^\[\/?[a-z]+)/gim;

/** Code with its strings and tags told apart. */
function coloured(code) {
  const parts = [];
  let at = 0;
  for (const match of code.matchAll(TOKENS)) {
    const kind = match[1] ? "comment" : match[2] ? "string" : "tag";
    parts.push(...isolated(code.slice(at, match.index)), make("span", { class: kind }, ...isolated(match[0])));
    at = match.index + match[0].length;
  }
  return [...parts, ...isolated(code.slice(at))];
}

function announce(text) {
  // The same words twice are heard twice.
  said.textContent = "";
  requestAnimationFrame(() => {
    said.textContent = text;
  });
}

async function copy(code, shown) {
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    getSelection().selectAllChildren(shown);
    // Old, but it needs no permission and no secure origin.
    if (!document.execCommand("copy")) {
      announce(words.not_copied);
      return;
    }
    getSelection().removeAllRanges();
  }
  announce(words.copied);
}

function blockOf({ file, code }) {
  const name = file.startsWith(":") ? words[file] : file;
  const shown = make("code", {}, ...coloured(code));
  const button = make("button", { type: "button", class: "copy", "aria-label": say("copy_named", { file: name }) }, words.copy);
  button.addEventListener("click", () => copy(code, shown));
  const title = make("h3", {}, file.startsWith(":") ? name : make("bdi", { dir: "ltr" }, name));
  const pre = make("pre", { dir: "ltr", lang: "en" }, shown);
  return make("div", { class: "block" }, make("div", { class: "bar" }, title, button), pre);
}

let written = "";

function write() {
  const way = wayOf(values, Boolean(pinned));
  const url = values.loader.trim();
  const loader = way === "pinned" ? { url: url.replace(/[^/]*$/, pinned.file), integrity: pinned.integrity } : { url };
  const parts = snippet({
    host: values.host,
    attributes: attributesOf(values),
    children: childrenFor(values, texts()),
    css: cssOf(values),
    loader: way === "npm" ? undefined : loader,
  });
  // What has not changed keeps its focus, its selection and its place.
  if (JSON.stringify(parts) === written) return;
  written = JSON.stringify(parts);
  const recipe = make("a", { class: "recipe", href: `${RECIPES}${values.host}.md` }, words.recipe);
  blocks.replaceChildren(...parts.map(blockOf), recipe);
}

// The preview.

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

function grow({ name, attributes, children }) {
  const element = make(name, Object.fromEntries(attributes));
  element.append(...children.map((child) => (typeof child === "string" ? child : grow(child))));
  return element;
}

let inside = "";

function show() {
  sheet.replaceSync(cssOf(values));
  const attributes = new Map(attributesOf(values));
  const children = childrenFor(values, texts());
  const whole = JSON.stringify([values.source, children]);
  let card = stand.querySelector("maqal-card");
  // An article of the element itself is read once.
  if (!card || (whole !== inside && (values.source !== "src" || !card.hasAttribute("src")))) {
    card = grow({ name: "maqal-card", attributes: [...attributes], children });
    stand.replaceChildren(card);
  } else {
    if (whole !== inside) card.replaceChildren(...children.map(grow));
    for (const name of card.getAttributeNames()) if (!attributes.has(name)) card.removeAttribute(name);
    for (const [name, value] of attributes) {
      const text = value === true ? "" : value;
      if (card.getAttribute(name) !== text) card.setAttribute(name, text);
    }
  }
  inside = whole;
}

// All of it.

function keep() {
  const chosen = query(choices, values);
  if (asked.has("ui")) chosen.set("ui", ui);
  const text = chosen.toString();
  history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
  const other = ui === "ar" ? "en" : "ar";
  chosen.set("ui", other);
  document.querySelector("#other").href = `?${chosen}`;
}

let due;

function changed({ typed }) {
  take();
  dress();
  write();
  keep();
  clearTimeout(due);
  if (typed) due = setTimeout(show, PAUSE);
  else show();
}

function start() {
  document.documentElement.lang = ui;
  document.documentElement.dir = ui === "ar" ? "rtl" : "ltr";
  document.title = words.page_title;
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words];
  const other = document.querySelector("#other");
  other.lang = ui === "ar" ? "en" : "ar";
  other.textContent = ui === "ar" ? "English" : "العربية";
  const widths = document.querySelector(".widths");
  widths.setAttribute("aria-label", words.width);
  for (const width of ["full", "phone"]) {
    const button = make("button", { type: "button", "aria-pressed": String(width === "full") }, words[`width_${width}`]);
    button.addEventListener("click", () => {
      for (const one of widths.children) one.setAttribute("aria-pressed", String(one === button));
      stand.classList.toggle("phone", width === "phone");
    });
    widths.append(button);
  }
  build();
  fill();
  // On a telephone the groups would hide what they are for.
  if (innerWidth < 900) for (const details of form.querySelectorAll("details")) details.open = false;
  form.addEventListener("input", ({ target }) => changed({ typed: target.matches("textarea, [type=text], [type=color], [type=range]") }));
  form.addEventListener("change", () => changed({ typed: false }));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector(".reset").addEventListener("click", () => {
    values = read(choices, new URLSearchParams());
    fill();
    changed({ typed: false });
  });
  dress();
  write();
  show();
  keep();
}

/** The loader of this version alone, and its hash, from the list of digests that is published beside it. */
async function findPinned() {
  const list = new URL("../integrity.json", import.meta.url);
  const response = await fetch(list, { credentials: "omit" });
  if (!response.ok) return undefined;
  const { folder, integrity } = await response.json();
  const digest = integrity[`${folder}/embed.js`];
  return digest && { file: `${folder}/embed.js`, integrity: digest };
}

/** Once the version's own hash is known, it can be chosen. */
async function begin() {
  try {
    pinned = await findPinned();
  } catch {
    // A folder without the list: what is served is no published version.
  }
  start();
}

begin();
