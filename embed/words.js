/** The language of an element, and the words of a language: a file of i18n/ each. */

const LANGUAGES = ["ar", "ckb", "en", "fa", "fr", "he", "tr", "ur"];
const RIGHT_TO_LEFT = /^(Arab|Aran|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg)$/;
const EDGES = /^\s+|\s+$/g;

/** Whether a language is written from right to left. */
export function isRightToLeft(tag) {
  return RIGHT_TO_LEFT.test(new Intl.Locale(tag).maximize().script);
}

/** What is loading or loaded; a failed load is forgotten, so that the next try is a new one. */
const catalogues = { __proto__: null };

/** The catalogue for an element: its language's, else Arabic or English by the way its language is written. */
export function languageOf(element) {
  for (let near = element; near; near = near.parentElement) {
    const tag = near.getAttribute("lang");
    if (tag === null) continue;
    try {
      const tidy = tag.replace(EDGES, "");
      const { language } = new Intl.Locale(tidy);
      for (const known of LANGUAGES) if (known === language) return language;
      return isRightToLeft(tidy) ? "ar" : "en";
    } catch {
      // Not a language tag: the element inherits one, as it does without.
      if (near !== element) break;
    }
  }
  return "ar";
}

/** Promises the words of a language. */
export function words(language) {
  return (catalogues[language] ??= fetchWords(language));
}

/** Promises those of them that show first. */
export function firstWords(language) {
  return words(`first/${language}`);
}

async function fetchWords(name) {
  try {
    const response = await fetch(new URL(`i18n/${name}.json`, import.meta.url), { credentials: "omit" });
    if (!response.ok) throw new Error(`the words of "${name}" answered ${response.status}`);
    return await response.json();
  } catch (error) {
    delete catalogues[name];
    throw error;
  }
}
