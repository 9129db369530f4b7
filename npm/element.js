/** The classes of the elements, and what defines them. */
import { MaqalCard, MaqalCount } from "./loader.js";

export { assetsFrom } from "./assets.js";
export { MaqalCard, MaqalCount };

/** Defines the elements, unless the page has them already: an older copy stays. */
export function define() {
  for (const [name, element] of [["maqal-card", MaqalCard], ["maqal-count", MaqalCount]]) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
