/** Words, numbers and dates of a card in its language, for what shows first (`src/i18n` does the same for the whole card). */
import { rest } from "./once.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = [["second", MINUTE, 0], ["minute", HOUR, MINUTE], ["hour", DAY, HOUR], ["day", 30.44 * DAY, DAY], ["month", 365.25 * DAY, 30.44 * DAY], ["year", Infinity, 365.25 * DAY]];
const CLOCKS_DIFFER = 10 * MINUTE; // Seconds: what is ahead by less is now.
const ONES = { "١": "arab", "۱": "arabext" };

/** The digits of `format`, by their name in CLDR. */
const digitsOf = (format) => ONES[format(1)] ?? "latn";

/** A moment in milliseconds. A date alone is that day wherever the reader is. */
function moment(text) {
  const trimmed = text.trim();
  return Date.parse(/^[\d-]{10}$/.test(trimmed) ? `${trimmed}T00:00` : trimmed);
}

/** What says the phrases of a catalogue on a card in the language `tag`. */
export function teller(words, tag) {
  const asked = tag === "ar" ? "ar-u-nu-arab" : tag;
  const all = [];
  // A slow device makes each of them for ten milliseconds: when it is needed, or before that where there is time.
  const made = (make) => {
    let it;
    return (all[all.length] = () => (it ??= make()));
  };
  const numbers = made(() => new Intl.NumberFormat(asked));
  const days = made(() => new Intl.DateTimeFormat(asked, { dateStyle: "long" }));
  const relative = made(() => new Intl.RelativeTimeFormat(asked, { numeric: "auto" }));
  const dates = made(() => new Intl.DateTimeFormat(asked, { dateStyle: "full", timeStyle: "short" }));
  const plurals = made(() => new Intl.PluralRules(asked));
  const number = (n) => numbers().format(n);
  const day = (at) => days().format(at);
  return {
    words,
    moment,
    day,
    date: (at) => dates().format(at),
    /** Makes what it needs, while there is nothing else to do. */
    async prepare() {
      for (const make of all) {
        await rest();
        make();
      }
    },
    get digits() {
      return digitsOf(number);
    },
    /** The digits of an article in another language. */
    digitsIn: (other) => (other === "ar" ? "arab" : digitsOf(new Intl.NumberFormat(other).format)),
    /** The phrase of a key, with its number and what is filled in; an empty key is the number alone. */
    phrase(key, n, fills) {
      let said = key ? words[key] : number(n);
      if (key && n !== undefined) {
        said = (n === 0 && said.zero) || said[plurals().select(n)] || said.other;
        said = said.replace("{n}", () => number(n));
      }
      for (const [name, text] of fills ?? []) said = said.replace(`{${name}}`, () => text);
      return said;
    },
    /** How long ago; a day that is still to come is told as it is. */
    ago(at) {
      let seconds = (Date.now() - at) / 1000;
      if (-seconds > CLOCKS_DIFFER) return day(at);
      seconds = Math.max(seconds, 0);
      for (const [unit, end, size] of UNITS) {
        if (seconds < end) return relative().format(size ? -Math.floor(seconds / size) : 0, unit);
      }
    },
  };
}
