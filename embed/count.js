/**
 * <maqal-count thread="…" endpoint="…">: how many comments an article has, for lists of articles. All that a page wants
 * in one turn are asked for in one request; no WebAssembly is loaded for them.
 *
 * `thread` is the conversation's name as the card has it; without it, the address that the link around the element leads
 * to. `endpoint` may stand on any element around it. What the element holds shows until the number is known.
 */

import { firstWords as wordsOf, languageOf } from "./words.js";

const MOST = 100; // Threads in one request: the contract's COUNTS_MAX.
const LONGEST = 7000; // Characters of an address: some proxies take no more than 8,192.

/** The catalogue of each element's language, once it is there. A host's own phrases stand on the element: few="{n} ردود". */
const catalogues = new WeakMap();

const known = new Map(); // The numbers, by endpoint, then by thread.
const wanted = new Set(); // Elements that are to be asked for in this turn.
const failed = new Set(); // Elements that are to be asked for again when the network is back.

const endpointOf = (element) => {
  const reference = element.closest("[endpoint]")?.getAttribute("endpoint")?.trim();
  try {
    return reference ? new URL(reference, element.baseURI).href : undefined;
  } catch {
    return undefined;
  }
};

const threadOf = (element) => {
  const named = element.getAttribute("thread")?.trim();
  return named || element.closest("a[href]")?.href.replace(/#.*$/, "");
};

let report; // How embed.js tells a fault.

/** Asks for what `element` wants, together with all others of this turn, whatever languages they are told in. */
export function ask(element, tell) {
  report = tell;
  const words = wordsOf(languageOf(element));
  words.catch(() => {}); // Whoever waits for them is told.
  catalogues.set(element, words);
  if (!wanted.size) setTimeout(flush);
  wanted.add(element);
}

function flush() {
  const all = new Map();
  for (const element of wanted) {
    const [endpoint, thread] = [endpointOf(element), threadOf(element)];
    const total = known.get(endpoint)?.get(thread);
    if (!endpoint) fail(element, "there is no attribute `endpoint` with an address, here or on an element around it");
    else if (!thread) fail(element, "there is neither an attribute `thread` nor a link around it");
    else if (total !== undefined) show(element, total);
    else {
      if (!all.has(endpoint)) all.set(endpoint, new Map());
      const threads = all.get(endpoint);
      threads.set(thread, [...(threads.get(thread) ?? []), element]);
    }
  }
  wanted.clear();
  for (const [endpoint, threads] of all) {
    let part = new Map();
    let length = 0;
    for (const [thread, elements] of threads) {
      const more = encodeURIComponent(thread).length + 8;
      if (part.size === MOST || (part.size && length + more > LONGEST)) {
        fetchCounts(endpoint, part);
        part = new Map();
        length = 0;
      }
      part.set(thread, elements);
      length += more;
    }
    fetchCounts(endpoint, part);
  }
}

async function fetchCounts(endpoint, threads) {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, "")}/count`;
  for (const thread of threads.keys()) url.searchParams.append("thread", thread);
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "omit" });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const { counts } = await response.json();
    if (typeof counts !== "object" || counts === null) throw new Error("its answer has no `counts`");
    for (const [thread, elements] of threads) {
      const total = counts[thread];
      if (!Number.isSafeInteger(total) || total < 0) {
        elements.forEach((element) => fail(element, `${endpoint} tells no number for the thread ${thread}`));
      } else {
        learn(endpoint, thread, total);
        elements.forEach((element) => show(element, total));
      }
    }
  } catch (error) {
    for (const elements of threads.values()) {
      for (const element of elements) {
        failed.add(element);
        fail(element, `the counts of ${endpoint} could not be had: ${error?.message ?? error}`);
      }
    }
  }
}

function learn(endpoint, thread, total) {
  if (!known.has(endpoint)) known.set(endpoint, new Map());
  known.get(endpoint).set(thread, total);
}

async function show(element, total) {
  const promised = catalogues.get(element);
  if (!promised) return; // It has not asked yet.
  let words;
  try {
    words = await promised;
  } catch (error) {
    if (catalogues.get(element) !== promised) return;
    catalogues.delete(element);
    failed.add(element);
    fail(element, error?.message ?? error);
    return;
  }
  if (catalogues.get(element) !== promised) return; // Its language is another one by now.
  const tag = element.closest("[lang]")?.lang;
  let locale = new Intl.Locale(words.language);
  try {
    const given = new Intl.Locale(tag);
    if (given.language === words.language) locale = given;
  } catch {
    // The words' own language it is.
  }
  const phrases = words.comment_count;
  // As the card: Arabic without a region has Arabic digits, and so has Kurdish where browsers do not know it.
  const unknown = !Intl.NumberFormat.supportedLocalesOf(locale).length;
  const digits = unknown || locale.toString() === "ar" ? "ar-u-nu-arab" : locale;
  const category = new Intl.PluralRules(digits).select(total);
  const of = (form) => element.getAttribute(form) ?? (element.hasAttribute("other") ? undefined : phrases[form]);
  const phrase = (total === 0 && of("zero")) || of(category) || of("other") || phrases.other;
  element.textContent = phrase.replace("{n}", new Intl.NumberFormat(digits).format(total));
  element.setAttribute("total", total);
}

function fail(element, why) {
  report(element, "count", `<maqal-count>: ${why}`);
}

addEventListener("online", () => {
  const again = [...failed].filter((element) => element.isConnected);
  failed.clear();
  again.forEach((element) => element.connectedCallback());
});

// A card on the same page knows better.
document.addEventListener("maqal:count", ({ target, detail }) => {
  const endpoint = endpointOf(target);
  if (!endpoint) return;
  learn(endpoint, detail.thread, detail.total);
  for (const element of document.querySelectorAll("maqal-count")) {
    if (threadOf(element) === detail.thread && endpointOf(element) === endpoint) show(element, detail.total);
  }
});
