// The whole of a card as the browser lays it out: of each element in its shadow tree, and of each drawing before and after
// one, every longhand of its computed style, and its box relative to the element.
const REST = ["::before", "::after", "::marker", "::placeholder", "::selection", "::details-content"];
// Below the element's children, where they show, the card stands where these end.
const showsChildren = [...root.querySelectorAll("slot")].some((slot) => slot.assignedElements().length);
const origin = (showsChildren ? root.querySelector(".maqal") : host).getBoundingClientRect();
// Custom properties are no looks.
const names = [...getComputedStyle(host)].filter((name) => !name.startsWith("--")).sort();
const account = new Map();
const styleOf = (element, pseudo) => {
  const style = getComputedStyle(element, pseudo);
  return names.map((name) => style.getPropertyValue(name));
};
const isThere = (element, pseudo) => {
  if (pseudo === "::selection") return element.children.length === 0;
  if (pseudo === "::placeholder") return element.matches("input, textarea");
  if (pseudo === "::details-content") return element.localName === "details";
  if (pseudo === "::marker") return getComputedStyle(element).display === "list-item";
  return !["none", "normal"].includes(getComputedStyle(element, pseudo).content);
};
const walk = (parent, path) => {
  for (const [index, element] of [...parent.children].entries()) {
    if (element.localName === "slot") continue; // What it shows is the page's, and so is what it inherits.
    const at = `${path} > ${element.localName}${[...element.classList].map((name) => `.${name}`).join("")}:nth-child(${index + 1})`;
    const { x, y, width, height } = element.getBoundingClientRect();
    const lengths = element.getClientRects().length ? [x - origin.x, y - origin.y, width, height] : [];
    const box = lengths.map((length) => length.toFixed(2)).join(" ");
    account.set(at, { box, style: styleOf(element) });
    for (const pseudo of REST) if (isThere(element, pseudo)) account.set(at + pseudo, { box: "", style: styleOf(element, pseudo) });
    walk(element, at);
    if (element.shadowRoot) walk(element.shadowRoot, `${at} #shadow`);
  }
};
walk(root, "");
