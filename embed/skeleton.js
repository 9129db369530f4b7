/**
 * What stands for an article and its conversation while they are on their way. It needs no WebAssembly, which is on its way too: a
 * slow device lays it out meanwhile.
 */

const BONES = [[" title-bones", 2], [" by-bones", 1], ["", 5], ["", 6], ["", 5]]; // As high as an article that is folded, so that nothing moves when it comes.

/** Appends an element: its name, names and values of its attributes in turn, and what is in it. */
function grow([name, attributes, ...inside], parent) {
  const document = parent.ownerDocument;
  const made = parent.appendChild(document.createElement(name));
  for (let place = 0; place < attributes.length; place += 2) made.setAttribute(attributes[place], attributes[place + 1]);
  for (const one of inside) {
    if (typeof one === "string") made.appendChild(document.createTextNode(one));
    else grow(one, made);
  }
  return made;
}

const bones = (name, attributes, number) => {
  const them = [];
  while (them.length < number) them[them.length] = [name, attributes];
  return them;
};

/** An article that is not here yet. */
export function articleSkeleton(words, parent) {
  const lines = [];
  for (const [which, number] of BONES) lines[lines.length] = ["div", ["class", `bones${which}`], ...bones("span", ["class", "bone"], number)];
  const picture = ["div", ["class", "bone picture"]];
  const label = ["span", ["class", "sr"], words.article_loading];
  return grow(["div", ["class", "waiting", "role", "status"], label, ["div", ["aria-hidden", "true"], picture, ...lines]], parent);
}

/** A field under its label, with room for a refusal. */
const field = (id, label, dir, name, ...more) => ["div", ["class", "field"],
  ["label", ["for", id], label],
  [name, [...more, "id", id, "name", id, "part", "field", "required", "", "dir", dir]],
  ["p", ["class", "refusal", "id", `${id}-error`]],
];

/** The conversation under a heading of the level `above`: its first page is not here yet, its form is. Empty fields run as `dir` says. */
export function conversationSkeleton(words, above, dir, parent) {
  const level = above < 6 ? [] : ["role", "heading", "aria-level", `${above + 1}`];
  const status = ["class", "sr", "role", "status"];
  return grow(["div", [], ["section", ["class", "talk", "part", "conversation", "aria-labelledby", "comments-title"],
    ["button", ["type", "button", "class", "quote", "part", "quote", "aria-keyshortcuts", "Alt+Q"],
      words.comment_quote,
      ["small", [], " (Alt+Q)"],
    ],
    ["div", ["class", "talk-head"],
      [`h${above < 6 ? above + 1 : 6}`, [...level, "id", "comments-title", "class", "talk-title", "part", "comments-heading"],
        ["span", [], words.comments],
        " ",
      ],
    ],
    ["form", ["class", "composer", "part", "composer", "novalidate", "", "aria-label", words.send],
      field("name", words.name_label, dir, "input", "type", "text", "autocomplete", "name", "aria-describedby", "name-error"),
      field("body", words.body_label, dir, "textarea", "rows", "3", "aria-describedby", "body-error body-count"),
      ["div", ["class", "bar"],
        ["div", ["class", "hints"], ["span", ["class", "kept"]], ["span", ["id", "body-count", "class", "count"]], ["span", status]],
        ["button", ["class", "send", "part", "button send", "type", "submit", "title", "Ctrl+Enter", "aria-keyshortcuts", "Control+Enter Meta+Enter"],
          words.send,
        ],
      ],
    ],
    ["p", status],
    ["div", ["class", "list", "aria-busy", "true"],
      ["div", ["class", "fresh", "role", "status"]],
      ["div", ["class", "before"]],
      ["div", ["class", "all", "role", "list", "part", "comments", "hidden", ""], ["ol", ["role", "none"]]],
      ["div", ["class", "foot"], ["div", [], ["div", ["class", "skeleton", "role", "status"],
        ["span", ["class", "sr"], words.comments_loading],
        ...bones("span", ["class", "bone", "aria-hidden", "true"], 3),
      ]]],
    ],
  ]], parent);
}
