// What templates of Vue are checked against.
import "maqal-card/vue";
import type { GlobalComponents } from "vue";

type Props = InstanceType<GlobalComponents["maqal-card"]>["$props"];

export const taken: Props = {
  src: "/article.json",
  endpoint: "/api/comments",
  comfort: "text-size theme",
  autoload: "",
  class: "card",
  style: { "--maqal-accent": "#b3122a" },
  "onMaqal:ready": ({ detail }) => detail.title.trim(),
};
// @ts-expect-error: no such order
export const order: Props = { sort: "random" };
// @ts-expect-error: the detail has no number
export const detail: Props = { "onMaqal:ready": ({ detail }) => detail.total };
export const count: InstanceType<GlobalComponents["maqal-count"]>["$props"] = { thread: "t", two: "ردّان" };
