// What the types of the elements take and refuse. It is compiled and never run.
import { MaqalCard, MaqalCount, assetsFrom, define } from "maqal-card";
import type { MaqalCustomProperties, MaqalFault, MaqalFaultCode, MaqalPart, MaqalWords } from "maqal-card";
import * as element from "maqal-card/element";

const card: MaqalCard = document.createElement("maqal-card");
const count: MaqalCount | null = document.querySelector("maqal-count");
const same: typeof MaqalCard = element.MaqalCard;
define();
assetsFrom("/maqal/");
assetsFrom(new URL("https://cdn.example/maqal/"));
void [count, same];

card.src = "https://news.example/a/42.json";
card.thread = null;
card.item = undefined;
card.theme = "sepia";
card.heading = 3;
card.heading = "3";
card.comfort = "none";
card.comfort = "text-size line-spacing";
card.autoload = true;
card.autoload = "";
card.email = "required";
card.identity = "header.payload.signature";
card.words = { send: "انشر", comment_count: { two: "ردّان", other: "{n} ردود" } };
card.words = '{"send": "انشر"}';
card.reload();
const text: string | null = card.sort;
void text;

// @ts-expect-error: no such theme
card.theme = "blue";
// @ts-expect-error: no such order
card.sort = "oldest first";
// @ts-expect-error: no such level
card.heading = 7;
// @ts-expect-error: nothing that a reader could choose
card.comfort = "colours";
// @ts-expect-error: `none` stands alone
card.comfort = "none theme";
// @ts-expect-error: neither
card.website = "yes";
// @ts-expect-error: no such phrase
card.words = { sends: "انشر" };
// @ts-expect-error: a plural has forms
card.words = { comment_count: "{n}" };
// @ts-expect-error: no number
card.src = 42;
// @ts-expect-error: no such property
card.language = "ar";

card.addEventListener("maqal:ready", ({ detail, target }) => {
  const title: string = detail.title;
  void [title, target];
});
document.addEventListener("maqal:count", (event) => event.detail.total.toFixed());
window.addEventListener("maqal:comment", ({ detail: { id, thread } }) => id.localeCompare(thread));
card.addEventListener("maqal:error", ({ detail }: CustomEvent<MaqalFault>) => {
  const code: MaqalFaultCode = detail.code;
  const attribute: string | null = detail.attribute;
  // @ts-expect-error: no such code
  if (code === "panic") return;
  void attribute;
});
// @ts-expect-error: a ready card tells its title, and no number
card.addEventListener("maqal:ready", ({ detail }) => detail.total);

const part: MaqalPart = "comments-heading";
// @ts-expect-error: no such part
const none: MaqalPart = "footer";
const properties: MaqalCustomProperties = { "--maqal-accent": "#b3122a" };
// @ts-expect-error: no such property
const wrong: MaqalCustomProperties = { "--maqal-colour": "#b3122a" };
const phrases: MaqalWords = { likes: { many: "{n}" } };
void [part, none, properties, wrong, phrases];
