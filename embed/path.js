/** Places in a tree of elements, which are the same in another tree of the same elements. */

/** Where `node` stands below `root`: its place among the elements beside it, then its parent's, up to the root. */
export function pathOf(node, root) {
  const path = [];
  for (let at = node; at !== root; at = at.parentNode) {
    let place = 0;
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) place++;
    path[path.length] = place;
  }
  return path;
}
