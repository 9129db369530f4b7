/** Builds what `view::Script` has written down: elements, attributes and texts; nothing in it is parsed as markup. */

const SVG = "http://www.w3.org/2000/svg";
const NATIVE = /^function \S+\(\) \{\s+\[native code\]\s+\}$/;

/** Whether elements are built here by the browser's own functions, and not by what a page has put in their place. */
export function canBuild(document) {
  const { documentElement } = document;
  const used = [document.createElement, document.createElementNS, document.createTextNode, documentElement.appendChild];
  used[used.length] = documentElement.setAttribute;
  for (const method of used) if (!NATIVE.test(Function.prototype.toString.call(method))) return false;
  return true;
}

/** Appends the nodes of `script` to `parent`, in the words of `tell`; an invalid date throws. */
export function build(script, parent, tell) {
  const steps = building(script, parent, tell, []);
  while (!steps.next().done);
}

/** As `build`, in steps: one ends with each item of a chunk. Adds to `ages` the `<time>`s that tell one, each with its moment. */
export function* building(script, parent, tell, ages) {
  const document = parent.ownerDocument;
  let at = parent;
  let name; // Of the attribute whose value is being read.
  let value;
  let former; // The day that was told before.
  const say = (text) => {
    if (name) value += text;
    else if (text) at.appendChild(document.createTextNode(text));
  };
  const end = () => {
    // Through the object model: a style in an attribute is what content policies forbid.
    if (name?.slice(0, 2) === "--") at.style.setProperty(name, value);
    else if (name) at.setAttribute(name, name === "href" && value[0] === "#" ? `#${encodeURIComponent(value.slice(1))}` : value);
    name = undefined;
  };
  const open = (tag) => {
    const isDrawing = tag === "svg" || tag === "path";
    at = at.appendChild(isDrawing ? document.createElementNS(SVG, tag) : document.createElement(tag));
  };
  const time = (kind, text) => {
    if (!text) return;
    const moment = tell.moment(text);
    if (!Number.isFinite(moment)) throw new RangeError(`no date: ${text}`);
    const day = kind === "d" || kind === "u" ? tell.day(moment) : "";
    if (kind === "e") {
      open("span");
      at.className = "edited";
      at.title = tell.date(moment);
      say(tell.phrase("comment_edited"));
    } else if (kind === "u") {
      if (moment <= former?.moment) return;
      open("span");
      if (day !== former?.day) say(tell.phrase("updated", undefined, [["date", day]]));
    } else {
      open("time");
      at.dateTime = new Date(moment).toISOString();
      if (kind === "a") {
        at.title = tell.date(moment);
        ages[ages.length] = [at, moment];
      }
      say(kind === "a" ? tell.ago(moment) : day);
    }
    if (kind === "d") former = { moment, day };
    at = at.parentNode;
  };
  let kind; // Of a moment.
  let phrase;
  const spoken = () => {
    if (phrase) say(tell.phrase(phrase.key, phrase.number, phrase.fills));
    phrase = undefined;
  };
  for (let from = 0, to; from < script.length; from = to) {
    to = from + 1;
    while (to < script.length) {
      const code = script.charCodeAt(to);
      if (code < 9 || code === 14 || code === 15) break;
      to++;
    }
    const what = script.charCodeAt(from);
    const text = script.slice(from + 1, to);
    if (what !== 7 && what !== 8 && what !== 14) spoken();
    if (what === 1) {
      end();
      open(text);
    } else if (what === 2) {
      end();
      name = text;
      value = "";
    } else if (what === 3) {
      if (kind === "c") say(text.toUpperCase());
      else if (kind) time(kind, text);
      else say(text);
      kind = undefined;
    } else if (what === 4) {
      end();
      say(text);
    } else if (what === 5) {
      end();
      at = at.parentNode;
      if (at.className === "chunk") yield;
    } else if (what === 6) phrase = { key: text, fills: [] };
    else if (what === 7) phrase.number = Number(text);
    else if (what === 8) phrase.fills[phrase.fills.length] = [text];
    else if (what === 14) phrase.fills[phrase.fills.length - 1][1] = text;
    else {
      end();
      kind = text;
    }
  }
  spoken();
}
