// What templates of Svelte are checked against.
import "maqal-card/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

type Props = SvelteHTMLElements["maqal-card"];

export const taken: Props = {
  src: "/article.json",
  heading: 2,
  email: "optional",
  class: "card",
  "style:--maqal-accent": "#b3122a",
  "onmaqal:comment": ({ detail }) => detail.id.trim(),
};
export const older: svelteHTML.IntrinsicElements["maqal-card"] = taken;
// @ts-expect-error: neither
export const asked: Props = { email: "yes" };
// @ts-expect-error: the detail has no title
export const detail: Props = { "onmaqal:comment": ({ detail }) => detail.title };
export const count: SvelteHTMLElements["maqal-count"] = { endpoint: "/api/comments" };
