/**
 * The places of the card's texts, which others take: a translator puts its words, in a <font>, where a text stood; an
 * extension writes a paragraph anew. The view would go on to change a text that nobody sees, or find no place for what
 * comes beside it. So before it touches such a text, what stood there comes back, and what took its place goes; a
 * translator then translates it anew. `cargo xtask stage` puts this before the glue, after intact.js.
 */
const $TEXT = 3;
const $COMMENT = 8; // Marks the place of what the view may put there.
const $taken = new WeakMap(); // Of a text that is not where the view has put it: what happened there.
const $stands = new WeakMap(); // Of what took such a place: the same.
const $gone = new WeakSet(); // What the view itself has taken out.
const $blank = new WeakSet(); // Texts that the view has left empty.
const $insertBefore = $own("insertBefore");
const $removeChild = $own("removeChild");
const $others = new MutationObserver((records) => $see(records));

/** Watches the card in `root` from now on. */
export function keepPlaces(root) {
  $others.observe(root, { childList: true, subtree: true });
}

const $isText = (node) => node?.nodeType === $TEXT || node?.nodeType === $COMMENT;
const $isFont = (node) => node?.localName === "font";

/** The siblings of `list` that are none of the view's doing. */
function $chosen(list, isChosen) {
  const chosen = [];
  for (let index = 0; index < list.length; index++) if (isChosen(list[index])) chosen[chosen.length] = list[index];
  return chosen;
}

function $see(records) {
  let last;
  for (let index = 0; index < records.length; index++) {
    const { target, addedNodes, removedNodes, previousSibling, nextSibling } = records[index];
    const added = $chosen(addedNodes, () => true);
    const removed = $chosen(removedNodes, (node) => !$gone.has(node));
    const place = removed.length ? $leave(target, removed, added, previousSibling, nextSibling) : last;
    // A <font> that comes where a text has just left is a translation of it.
    const isLate = place === last && place?.latter.length === 0 && place.parent === target &&
      place.previous === previousSibling && place.next === nextSibling;
    for (let n = 0; n < added.length; n++) {
      if (isLate && $isFont(added[n])) $stand(place, added[n]);
      // It is back, unless it was only wrapped.
      const former = $taken.get(added[n]);
      if (former && former.latter[0] !== target && !$isFont(target)) $taken.delete(added[n]);
    }
    last = removed.length ? place : undefined;
  }
}

function $stand(place, node) {
  place.latter[place.latter.length] = node;
  $stands.set(node, place);
}

/** `removed` have left, and `added` have come in their place. */
function $leave(parent, removed, added, previous, next) {
  let place = $stands.get(removed[0]);
  if (place) {
    // A translation takes the place of another.
    const isLeft = (node) => node.parentNode;
    place.latter = $chosen(place.latter, isLeft);
  } else {
    place = { former: removed, latter: [], parent, previous, next };
    const texts = $chosen(removed, $isText);
    if (!texts.length) return undefined;
    for (let n = 0; n < texts.length; n++) $taken.set(texts[n], place);
    if (!added.length) {
      // The translation came before the text went.
      const beside = [previous, next];
      for (let n = 0; n < 2; n++) if ($isFont(beside[n]) && !$stands.has(beside[n])) return $stand(place, beside[n]), place;
    }
  }
  for (let n = 0; n < added.length; n++) $stand(place, added[n]);
  return place;
}

/** `node`, where the view has put it. */
function $placed(node) {
  if (!$isText(node)) return node;
  if (!node.parentNode || $isFont(node.parentNode)) {
    $see($others.takeRecords());
    const place = $taken.get(node);
    if (place) $restore(place);
  }
  return node;
}

function $restore({ former, latter, parent, previous, next }) {
  let at = $chosen(latter, (node) => node.parentNode)[0];
  const within = at?.parentNode ?? parent;
  if (!at) at = next?.parentNode === within ? next : previous?.parentNode === within ? previous.nextSibling : null;
  for (let n = 0; n < former.length; n++) {
    $taken.delete(former[n]);
    if (!$gone.has(former[n])) $insertBefore(within, former[n], at);
  }
  for (let n = 0; n < latter.length; n++) if (latter[n].parentNode) $removeChild(latter[n].parentNode, latter[n]);
  // What has just been done here is nobody else's doing.
  $others.takeRecords();
}

/** Before the view writes `text` into a node. */
function $write(node, text) {
  if (node.nodeType !== $TEXT) return node;
  $placed(node);
  // A translator may leave the text, and empty it.
  if (!node.data && !$blank.has(node)) {
    const beside = [node.previousSibling, node.nextSibling];
    for (let n = 0; n < 2; n++) if ($isFont(beside[n]) && !$stands.has(beside[n])) $removeChild(node.parentNode, beside[n]);
  }
  if (text) $blank.delete(node);
  else $blank.add(node);
  return node;
}

/** A text that the view makes. */
function $made(node) {
  if (!node.data) $blank.add(node);
  return node;
}

/** Before the view takes a node out. */
function $out(node) {
  $placed(node);
  $gone.add(node);
  return node;
}

/** The view gives an element another text: what is in it goes. */
function $empties(node) {
  for (let child = node.firstChild; child; child = child.nextSibling) $gone.add(child);
  return node;
}

/** As `Node.insertBefore`. */
function $insert(parent, node, anchor) {
  let before = anchor && $placed(anchor);
  $placed(node);
  // A translator may have put the sibling into something of its own.
  while (before && before.parentNode !== parent) before = before.parentNode;
  const wasGone = $gone.has(node);
  if (wasGone || node.parentNode) {
    $gone.add(node);
    if (wasGone) $see($others.takeRecords());
  }
  const inserted = $insertBefore(parent, node, before ?? null);
  if ($gone.has(node)) {
    $see($others.takeRecords());
    $gone.delete(node);
  }
  return inserted;
}
