/**
 * The states of the card. Each says what the server does that is not usual (`serves`, see world.js), what is set on the
 * element (`sets`), whether the article stands inside it (`children`), and which steps a reader takes from there on (`steps`).
 */

import { down, held, missing, never, offline, page, refusal, tell, token } from "./world.js";

/** Writes a comment, and sends it. */
async function post(reader, texts) {
  await reader.type("#name", texts.reader);
  await reader.type("#body", texts.draft);
  await reader.press(".composer:not(.inner) .send");
}

const act = (id, name) => `#c-${id} > .do [data-act="${name}"]`;

async function menu(reader, id, item) {
  await reader.press(act(id, "menu"));
  await reader.press(`.menu [data-act="${item}"]`);
}

const withSpam = ({ comments, spam }) => page([spam, ...comments.slice(-2)]);

export const STATES = [
  {
    group: "Reading",
    states: [
      { name: "ready", title: "An article and its conversation", what: "Pinned and featured comments, badges, replies, a way to more.", serves: ({ comments, more }) => ({ "GET": (_, __, asked) => (asked.has("after") ? page(more) : page(comments, { total: 9, next: "2" })) }), shows: "#c-last" },
      { name: "loading", title: "On its way", what: "Neither article nor conversation have come. The place is held.", serves: () => ({ "GET article": never, "GET": never }), shows: ".waiting" },
      { name: "article-missing", title: "No article at the address", what: "What the host gave leads nowhere.", serves: () => ({ "GET article": missing, "GET": never }), sets: { thread: "somewhere" }, shows: ".note" },
      { name: "article-error", title: "The article's server is down", what: "A sentence, and the button to try again. The conversation is there all the same.", serves: ({ comments }) => ({ "GET article": down, "GET": () => page(comments.slice(-2)) }), sets: { thread: "somewhere" }, shows: ".note" },
      { name: "long", title: "A long article and a long comment", what: "Both are folded: their beginnings show.", serves: (texts) => ({ "GET article": () => (texts.longArticle), "GET": () => page([{ ...texts.comments[1], featured: false, body: texts.long }]) }), shows: ".unfold" },
      { name: "copied", title: "The article's address is copied", what: "The button says so, and a screen reader hears it.", shows: ".tool", steps: (reader) => reader.press('[part~="share"]') },
      { name: "comfort", title: "The reader's comfort", what: "Size of the text, space between its lines, theme: as the reader likes it.", shows: ".comfort .tool", steps: (reader) => reader.press(".comfort .tool") },
      { name: "listening", title: "A voice reads", what: "The button pauses it, another one ends it.", shows: ".tool", steps: (reader) => reader.press('[part~="listen"]') },
    ],
  },
  {
    group: "The conversation",
    states: [
      { name: "empty", title: "Nobody has said anything", what: "An invitation.", serves: () => ({ "GET": () => page([]) }), shows: ".empty" },
      { name: "comments-loading", title: "Comments on their way", what: "The article can be read, and a comment written.", serves: () => ({ "GET": never }), shows: ".foot .skeleton, .foot .waiting" },
      { name: "comments-error", title: "The comments' server is down", what: "Why, and the button to try again.", serves: () => ({ "GET": down }), shows: ".foot .note" },
      { name: "nested", title: "A long exchange", what: "Replies to replies stand on one level and name whom they answer; the rest waits behind a button.", serves: ({ nested }) => ({ "GET": () => page(nested) }), shows: ".more-replies" },
      { name: "marks", title: "Pinned, featured, edited, deleted", what: "Badges of the author and the staff; a deleted comment keeps its place for its replies.", serves: ({ marks }) => ({ "GET": () => page(marks) }), shows: ".gone" },
      { name: "fresh", title: "New comments wait", what: "They came while the reader was here: nothing moves until he wants them.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-2)) }), shows: "#c-last", steps: (reader, texts) => reader.until(() => {
        // Only what is before the reader's eyes, or near, hears of it.
        scrollTo(0, document.body.scrollHeight);
        for (const [index, said] of texts.fresh.entries()) tell(said, 3 + index);
        return reader.$(".fresh button");
      }) },
      { name: "liked", title: "A comment that the reader likes", what: "The heart is full, the number includes him.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-2)) }), shows: "#c-last", steps: (reader) => reader.press(act("foreign", "like")) },
      { name: "menu", title: "The menu of a comment", what: "Quote, copy its address, mute its author, report it.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-2)) }), shows: "#c-last", steps: (reader) => reader.press(act("foreign", "menu")) },
      { name: "muted", title: "A muted name", what: "In the place where it was muted the reader can take it back; elsewhere a line says what is hidden.", serves: (texts) => ({ "GET": () => page([texts.spamAgain, texts.spam, texts.comments.at(-1)]) }), shows: "#c-spam", steps: (reader) => menu(reader, "spam", "mute") },
      { name: "report", title: "Reporting a comment", what: "Why, and a note for the moderators.", serves: (texts) => ({ "GET": () => withSpam(texts) }), shows: "#c-spam", steps: async (reader, texts) => {
        await menu(reader, "spam", "report");
        await reader.press('.report [value="spam"]');
        await reader.type(".report textarea", texts.note);
      } },
      { name: "reported", title: "The report has arrived", what: "Thanks, and the way back.", serves: (texts) => ({ "GET": () => withSpam(texts) }), shows: "#c-spam", steps: async (reader) => {
        await menu(reader, "spam", "report");
        await reader.press('.report [value="spam"]');
        await reader.press(".report .main");
        await reader.until(() => reader.$(".ask"));
      } },
      { name: "closed", title: "No conversation here", what: "The host has named no endpoint.", sets: { endpoint: null }, shows: ".closed" },
    ],
  },
  {
    group: "Writing",
    states: [
      { name: "writing", title: "A comment is being written", what: "Tools and preview; the draft is kept on the device.", serves: () => ({ "GET": () => page([]) }), shows: ".empty", steps: async (reader, texts) => {
        await reader.type("#name", texts.reader);
        await reader.type("#body", texts.formatted);
      } },
      { name: "preview", title: "How it will look", what: "As the server renders it.", serves: () => ({ "GET": () => page([]) }), shows: ".empty", steps: async (reader, texts) => {
        await reader.type("#name", texts.reader);
        await reader.type("#body", texts.formatted);
        await reader.press(".look");
        await reader.until(() => reader.$(".preview blockquote"));
      } },
      { name: "almost-full", title: "Little room is left", what: "The count of characters shows near the limit.", serves: () => ({ "GET": () => page([]) }), shows: ".empty", steps: async (reader, texts) => {
        await reader.type("#name", texts.reader);
        await reader.type("#body", `${texts.long}\n\n`.repeat(9).slice(0, 9_988));
      } },
      { name: "invalid", title: "Fields that were refused", what: "Each says why; together they stand above the button as links.", serves: () => ({ "GET": () => page([]) }), sets: { email: "required", website: "optional" }, shows: ".empty", steps: async (reader) => {
        await reader.type("#email", "maryam@");
        await reader.type("#website", "maryam");
        await reader.press(".composer .send");
        await reader.until(() => reader.$("#body-error")?.textContent);
      } },
      { name: "identity", title: "A reader whom the host knows", what: "The form asks for no name.", serves: () => ({ "GET": () => page([]) }), identity: (texts) => token(texts.reader, { badge: "staff" }), shows: ".vouched" },
      { name: "identity-expired", title: "The host's word is out of date", what: "The form asks for a name again, and says why.", serves: () => ({ "GET": () => page([]) }), identity: (texts) => token(texts.reader, { exp: 1 }), shows: ".composer .note" },
      { name: "reply", title: "A reply is being written", what: "Under the comment, with a way back.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-2)) }), shows: "#c-last", steps: async (reader, texts) => {
        await reader.press(act("foreign", "reply"));
        await reader.type(".composer.inner textarea", texts.draft);
      } },
      { name: "edit", title: "A comment is being changed", what: "The form stands in the place of the text.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-1)) }), shows: "#c-last", steps: async (reader, texts) => {
        await post(reader, texts);
        await menu(reader, "own-1", "edit");
        await reader.type(".edits textarea", texts.edited);
      } },
    ],
  },
  {
    group: "Sending",
    states: [
      { name: "pending", title: "On its way", what: "It stands in its place already.", serves: () => ({ "GET": () => page([]), "POST": never }), shows: ".empty", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$(".pending"));
      } },
      { name: "offline", title: "Without a network", what: "It is kept on the device and sent by itself when the network is back.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-1)), "POST": offline }), shows: "#c-last", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$(".pending .note"));
      } },
      { name: "refused", title: "Not taken", what: "Why, and what can be done with the text.", serves: () => ({ "GET": () => page([]), "POST": () => refusal(403, "forbidden") }), shows: ".empty", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$(".pending .note"));
      } },
      { name: "discard", title: "An unsent comment is to go", what: "Nothing is lost without a question.", serves: () => ({ "GET": () => page([]), "POST": () => refusal(403, "forbidden") }), shows: ".empty", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$(".pending .note"));
        await reader.press(".pending .actions > button:last-child");
        await reader.until(() => reader.$(".ask"));
      } },
      { name: "moderated", title: "Waiting for a moderator", what: "Its author alone sees it, and can still change it.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-1)), "POST": held }), shows: "#c-last", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$("#c-own .wait"));
      } },
      { name: "own", title: "Posted", what: "It stands among the others.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-1)) }), shows: "#c-last", steps: async (reader, texts) => {
        await post(reader, texts);
        await reader.until(() => reader.$("#c-own-1"));
      } },
      { name: "delete", title: "A comment is to go", what: "The question has the answer that changes nothing first.", serves: ({ comments }) => ({ "GET": () => page(comments.slice(-1)) }), shows: "#c-last", steps: async (reader, texts) => {
        await post(reader, texts);
        await menu(reader, "own-1", "delete");
        await reader.until(() => reader.$(".ask"));
      } },
    ],
  },
  {
    group: "What the host has wrong",
    states: [
      { name: "wrong-attributes", title: "Wrong attributes", what: "Each is named to the host's developer; the card does without it.", sets: { theme: "blue", sort: "best", endpoint: "ftp://talk.example/" }, shows: ".note" },
      { name: "broken", title: "The card has broken", what: "A fault of its own, which should not be: the element's children show, and a button loads the card again.", serves: () => ({ "GET": () => page([]) }), children: true, shows: ".empty", steps: async (reader) => {
        await reader.whole();
        Object.defineProperty(reader.$("#body"), "value", { get: () => { throw new Error("The page of states breaks the card."); } });
        reader.$("#body").dispatchEvent(new InputEvent("input", { bubbles: true }));
        await reader.until(() => reader.$(".broken"));
      } },
      { name: "nothing", title: "No article and no conversation", what: "Neither address nor children were given.", sets: { src: null, endpoint: null }, shows: ".note" },
    ],
  },
];

/** Every state by its name. */
export const BY_NAME = new Map(STATES.flatMap(({ group, states }) => states.map((state) => [state.name, { ...state, group }])));
