/** The whole card takes the place of the one at first sight, and all that the reader did there. */

import { pathOf } from "./path.js";

/** What stands below `root` at the end of a path. */
function at(path, root) {
  let found = root;
  for (let step = path.length - 1; step >= 0 && found; step--) found = found.children[path[step]];
  return found;
}

/** How many characters stand before a place in the text of `root`. */
function offsetOf(node, offset, root) {
  const range = root.ownerDocument.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The place that so many characters stand before. */
function nodeAt(offset, root) {
  const texts = root.ownerDocument.createTreeWalker(root, 4);
  let left = offset;
  while (texts.nextNode()) {
    const { length } = texts.currentNode;
    if (left <= length) return [texts.currentNode, left];
    left -= length;
  }
}

/** `first` goes, and leaves to the card in `whole` all that the reader did there. */
export async function take(first, whole) {
  const { shell, root } = first;
  const focused = root.activeElement && shell.contains(root.activeElement) ? root.activeElement : undefined;
  const path = focused && pathOf(focused, shell);
  const selected = first.selection();
  const places = selected && [[selected.startContainer, selected.startOffset], [selected.endContainer, selected.endOffset]].map(([node, offset]) => offsetOf(node, offset, shell));
  // What nobody wrote in says what the device keeps, of another card perhaps.
  for (const name in first.typed) {
    const field = first.typed[name];
    const other = at(pathOf(field, shell), whole);
    if (!other || other.value === field.value) continue;
    other.value = field.value;
    other.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const caret = focused?.selectionStart === undefined || focused.selectionStart === null ? undefined : [focused.selectionStart, focused.selectionEnd, focused.selectionDirection];
  // WebKit does not stay where its reader is when what he reads is replaced.
  const { scrollX: left, scrollY: top } = globalThis;
  whole.style.removeProperty("display");
  first.detach();
  if (globalThis.scrollY !== top) scrollTo({ left, top, behavior: "instant" });
  if (path) {
    const other = at(path, whole);
    other?.focus({ preventScroll: true });
    if (caret) other?.setSelectionRange?.(...caret);
  }
  if (places) {
    const [start, end] = places.map((place) => nodeAt(place, whole));
    const selection = root.getSelection?.() ?? shell.ownerDocument.getSelection();
    if (start && end) selection?.setBaseAndExtent(...start, ...end);
  }
  for (const { kind, path, value } of first.acts) {
    if (kind === "reload") {
      root.host.reload();
      continue;
    }
    const target = at(path, whole);
    if (kind === "submit") target?.requestSubmit();
    else if (kind === "click") target?.click();
    else if (target) {
      target.value = value;
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
}
