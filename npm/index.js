/** Defines <maqal-card> and <maqal-count>. `maqal-card/element` is the same without that. */
import { define } from "./element.js";

export { MaqalCard, MaqalCount, assetsFrom, define } from "./element.js";

define();
