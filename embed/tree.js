/** Writes down an element and what it holds for `markup::handed`: one text, in the tokens of `build.js`. */

const HTML = "http://www.w3.org/1999/xhtml";
const DEEPEST = 64; // Deeper markup is the whole card's.
const TOKEN = /[\x01-\x08]/;
// A form answers to the names of its fields, so that it hides what it holds (DOM clobbering).
const UNREADABLE = "form, iframe, table, video, audio, template";

/** The text; throws where it is not of the usual kind or longer than `most`. */
export function written(element, most) {
  let text = "";
  const say = (token, value) => {
    if (TOKEN.test(value) || text.length > most) throw new RangeError("not of the usual kind");
    text += token + value;
  };
  const write = (element, depth) => {
    if (depth > DEEPEST) throw new RangeError("too deep");
    say(element.namespaceURI === HTML ? "\x01" : "\x06", element.localName);
    const { attributes } = element;
    for (let index = 0; index < attributes.length; index++) {
      const { name, value } = attributes[index];
      if (name === "style") continue;
      say("\x02", name);
      say("\x03", value);
    }
    let former; // Neighbours are one text, as they are in the whole card.
    for (let node = element.firstChild; node; node = node.nextSibling) {
      const { nodeType } = node;
      if (nodeType === 1) write(node, depth + 1);
      else if (nodeType === 3 || nodeType === 4) say(former === 3 ? "" : "\x04", node.nodeValue);
      else continue;
      former = nodeType === 1 ? 1 : 3;
    }
    text += "\x05";
  };
  if (element.querySelector(UNREADABLE)) throw new RangeError("not of the usual kind");
  write(element, 0);
  return text;
}
