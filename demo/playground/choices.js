/**
 * What can be chosen, and what follows from it. Pure functions; the address of the page is the only store.
 *
 * A choice is `{ name, kind, initial }` with `options` where its kind is `one` or `many`. A value from outside that is none of
 * its kind is the initial one.
 */

import { BUNDLED, HOSTS, childrenOf } from "../snippet.js";

export const LANGUAGES = ["", "ar", "ar-MA", "ar-EG", "fa", "ur", "ckb", "he", "en", "fr", "tr"];
const ASKS = ["", "optional", "required"];
export const COMFORTS = ["text-size", "line-spacing", "theme"];

/** Fonts for titles: what is there on the reader's device. */
export const TITLE_FONTS = {
  "": "",
  kufi: '"Noto Kufi Arabic", "Geeza Pro", "Segoe UI", sans-serif',
  sans: '"Noto Sans Arabic", "SF Arabic", "Segoe UI", Tahoma, sans-serif',
};

const ROUND = 14; // CSS pixels: docs/theming.md.

/** All choices, for a page at `page`. */
export function choicesFor(page) {
  const at = (reference) => new URL(reference, page).href;
  return [
    { name: "host", kind: "one", options: HOSTS, initial: "html" },
    { name: "way", kind: "one", options: ["address", "pinned", "npm"], initial: "address" },
    { name: "loader", kind: "address", initial: at("../embed.js") },
    { name: "source", kind: "one", options: ["src", "html", "json-ld"], initial: "src" },
    { name: "src", kind: "address", initial: at("articles/souira.json") },
    { name: "item", kind: "text", initial: "" },
    { name: "title", kind: "text", initial: "" },
    { name: "lead", kind: "text", initial: "" },
    { name: "text", kind: "lines", initial: "" },
    { name: "endpoint", kind: "address", initial: at("../api/comments") },
    { name: "thread", kind: "text", initial: "" },
    { name: "sort", kind: "one", options: ["newest", "oldest", "liked"], initial: "newest" },
    { name: "autoload", kind: "flag", initial: false },
    { name: "email", kind: "one", options: ASKS, initial: "" },
    { name: "website", kind: "one", options: ASKS, initial: "" },
    { name: "lang", kind: "one", options: LANGUAGES, initial: "" },
    { name: "words", kind: "json", initial: "" },
    { name: "theme", kind: "one", options: ["auto", "light", "sepia", "dark"], initial: "auto" },
    { name: "comfort", kind: "many", options: COMFORTS, initial: COMFORTS },
    { name: "heading", kind: "one", options: ["1", "2", "3", "4", "5", "6"], initial: "2" },
    { name: "brand", kind: "flag", initial: false },
    { name: "accent", kind: "colour", initial: "#0b5d5a" },
    { name: "accent-dark", kind: "colour", initial: "#5cc4bb" },
    { name: "round", kind: "number", least: 0, most: 32, initial: ROUND },
    { name: "font", kind: "one", options: Object.keys(TITLE_FONTS), initial: "" },
    { name: "flat", kind: "flag", initial: false },
  ];
}

const PARSE = {
  one: ({ options, initial }, raw) => (options.includes(raw) ? raw : initial),
  many: ({ options }, raw) => options.filter((option) => raw.split(" ").includes(option)),
  flag: (_, raw) => raw !== "false",
  colour: ({ initial }, raw) => (/^#[0-9a-f]{6}$/i.test(raw) ? raw.toLowerCase() : initial),
  number: ({ least, most, initial }, raw) => (/^\d{1,3}$/.test(raw) && raw >= least && raw <= most ? Number(raw) : initial),
};

const said = (value) => (Array.isArray(value) ? value.join(" ") : String(value));

/** What a query says, and the initial value of all that it does not. */
export function read(choices, query) {
  const parse = (choice) => (query.has(choice.name) ? (PARSE[choice.kind] ?? ((_, raw) => raw))(choice, query.get(choice.name)) : choice.initial);
  return Object.fromEntries(choices.map((choice) => [choice.name, parse(choice)]));
}

/** The query that says `values`: only what is not as it was at first. */
export function query(choices, values) {
  const chosen = choices.filter(({ name, initial }) => said(values[name]) !== said(initial));
  return new URLSearchParams(chosen.map(({ name }) => [name, said(values[name])]));
}

/** Why a field's text cannot be used, as a key of the words; nothing where it can. */
export function flaw({ kind }, value) {
  if (kind !== "json" || !value.trim()) return undefined;
  try {
    const parsed = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? undefined : "flaw_json";
  } catch {
    return "flaw_json";
  }
}

/** The card's attributes, in the order of its documentation: only what differs from the card's own default. */
export function attributesOf(values) {
  const { source, src, item, endpoint, thread, lang, words, theme, comfort, heading, sort, autoload, email, website } = values;
  const fetched = source === "src";
  const all = [
    ["src", fetched && src.trim()],
    ["item", fetched && item.trim()],
    ["endpoint", endpoint.trim()],
    ["thread", thread.trim()],
    ["lang", lang],
    ["words", !flaw({ kind: "json" }, words) && words.trim() && JSON.stringify(JSON.parse(words))],
    ["theme", theme !== "auto" && theme],
    ["comfort", comfort.length < COMFORTS.length && (comfort.join(" ") || "none")],
    ["heading", heading !== "2" && heading],
    ["sort", sort !== "newest" && sort],
    ["autoload", autoload],
    ["email", email],
    ["website", website],
  ];
  return all.filter(([, value]) => value);
}

/** The card's children, as `snippet` takes them; `texts` stand where nothing was typed. */
export function childrenFor({ source, title, lead, text }, texts) {
  const typed = { title: title.trim(), lead: lead.trim(), text: text.trim() };
  const none = Object.values(typed).every((one) => !one);
  return childrenOf({ source, title: "", lead: "", text: "", ...(none ? texts : typed) });
}

/** Which way of loading holds on this host: only where there is a bundler can a package be had, and a hash only where it is known. */
export function wayOf({ host, way }, hasHash) {
  if (way === "npm" && !BUNDLED.includes(host)) return "address";
  return way === "pinned" && !hasHash ? "address" : way;
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const hex = (numbers) => `#${numbers.map((number) => Math.round(number).toString(16).padStart(2, "0")).join("")}`;
const mix = (colour, ground, share) => hex(channels(colour).map((channel, at) => channel * share + channels(ground)[at] * (1 - share)));

function luminance(colour) {
  const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours (WCAG 2.2, glossary). */
export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What each theme's accent stands on: docs/theming.md. */
const GROUNDS = {
  light: { paper: "#fffefb", page: "#f3f1ec", onAccent: "#ffffff", share: 0.1 },
  sepia: { paper: "#f7eeda", page: "#ecdfc4", onAccent: "#fffaf0", share: 0.12 },
  dark: { paper: "#191a1c", page: "#101113", onAccent: "#101113", share: 0.18 },
};

/** The least contrast that an accent has with what it meets, in the themes that it is for. */
export function leastContrast(accent, themes) {
  const pairs = themes.map((theme) => GROUNDS[theme]).flatMap(({ paper, page, onAccent, share }) => [paper, page, onAccent, mix(accent, paper, share)]);
  return Math.min(...pairs.map((ground) => contrast(accent, ground)));
}

/** A sheet of the choices for the page around the card; empty where all is as the card has it. */
export function cssOf(values) {
  const { brand, accent, round, font, flat } = values;
  const card = [];
  const rules = [];
  if (round !== ROUND) card.push(`--maqal-round: ${round}px;`);
  if (TITLE_FONTS[font]) card.push(`--maqal-title-font: ${TITLE_FONTS[font]};`);
  if (flat) card.push("--maqal-page: transparent;");
  if (card.length) rules.push(`maqal-card {\n  ${card.join("\n  ")}\n}`);
  if (flat) rules.push("maqal-card::part(card) { border: 0; }");
  if (brand) {
    for (const [theme, { paper, onAccent, share }] of Object.entries(GROUNDS)) {
      const colour = theme === "dark" ? values["accent-dark"] : accent;
      const own = [`--maqal-accent: ${colour};`, `--maqal-accent-soft: ${mix(colour, paper, share)};`];
      if (theme === "dark") own.push(`--maqal-on-accent: ${onAccent};`);
      rules.push(`maqal-card::part(${theme}) { ${own.join(" ")} }`);
    }
  }
  return rules.join("\n");
}
