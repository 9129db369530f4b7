/**
 * What a publisher pastes, from what was chosen. Pure functions: no document, no network.
 *
 * A card is a tree of plain data, `{ name, attributes: [[name, value]], children }`, where an attribute's value `true` means
 * that it is only there, and a child is a text or a tree. The preview builds the same tree with `createElement`, so that
 * both show the same. Each dialect of `DIALECTS` writes it by its own rules of escaping.
 */

/** The package's name on npm. */
export const PACKAGE = "maqal-card";

/** Where a card can be put, and which of them are built by a bundler. */
export const HOSTS = ["html", "react", "vue", "svelte", "hugo", "wordpress", "blogger", "ghost"];
export const BUNDLED = ["html", "react", "vue", "svelte"];

/** An article for the card's children, in the way that `source` says. */
export function childrenOf({ source, title, lead, text }) {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.trim()).filter(Boolean);
  if (source === "json-ld") {
    const article = { "@context": "https://schema.org", "@type": "Article", headline: title, description: lead, articleBody: text };
    for (const [key, value] of Object.entries(article)) if (!value) delete article[key];
    return [tree("script", [["type", "application/ld+json"]], [jsonForScript(article)])];
  }
  const children = [];
  if (title) children.push(tree("h1", [], [title]));
  if (lead) children.push(tree("p", source === "html" ? [["class", "lead"]] : [], [lead]));
  if (source === "html") children.push(...paragraphs.map((paragraph) => tree("p", [], [paragraph])));
  return children.length ? [tree("article", [], children)] : [];
}

/** A part of a card. */
export function tree(name, attributes = [], children = []) {
  return { name, attributes, children };
}

/**
 * JSON that can stand in a script of any document: nothing in it ends the script or looks like markup, be it read as HTML or
 * as XML.
 */
export function jsonForScript(value) {
  const text = JSON.stringify(value, null, 1).replace(/\n */g, " ");
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`).replace(UNSEEN, inJson);
}

// What cannot be seen, and could make a text read other than it is: controls, soft hyphens, joiners, direction marks.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const inJson = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
const inMarkup = (character) => `&#x${character.charCodeAt(0).toString(16)};`;

// No markup can hold these, escaped or not; half a surrogate pair is no character.
const whole = (text) => String(text).toWellFormed().replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "");
const escape = (text, more = "") => {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "\\": "&#92;" };
  const special = new RegExp(`[&<>${more.replace(/[\]\\]/g, "\\$&")}]`, "g");
  return whole(text).replace(special, (character) => entities[character]).replace(UNSEEN, inMarkup);
};

/** A value between quotes of markup: single ones where it holds double ones and no single, as JSON does. */
function quoted(value, more = "") {
  const text = String(value);
  if (text.includes('"') && !text.includes("'")) return `'${escape(text, more)}'`;
  return `"${escape(text, `${more}"`)}"`;
}

/** A string of JavaScript, which may stand inside markup. */
const string = (text) => JSON.stringify(String(text).toWellFormed()).replace(UNSEEN, inJson);

/** In JSX and Svelte a text or a value is a string of JavaScript where markup would have to be escaped. */
const isPlain = (text) => text === text.trim() && !/[&<>{}"\\]/.test(text) && !new RegExp(UNSEEN.source).test(text);
const expression = (text) => (isPlain(text) ? text : `{${string(text)}}`);
const expressionValue = (value) => (isPlain(String(value)) ? `"${value}"` : `{${string(value)}}`);

/** How each dialect writes an attribute that has a value, a text, and a script of data. */
export const DIALECTS = {
  html: {
    attribute: (name, value) => (value === true ? name : `${name}=${quoted(value)}`),
    text: (text) => escape(text),
  },
  // Well-formed XML, which is HTML too: templates of Blogger are.
  xml: {
    attribute: (name, value) => `${name}=${quoted(value === true ? "" : value)}`,
    text: (text) => escape(text),
  },
  jsx: {
    attribute: (name, value) => (value === true ? name : `${name === "class" ? "className" : name}=${expressionValue(value)}`),
    text: expression,
    script: (json) => `<script type="application/ld+json" dangerouslySetInnerHTML={{ __html: ${string(json)} }} />`,
  },
  vue: {
    attribute: (name, value) => (value === true ? name : `${name}=${quoted(value)}`),
    text: (text) => escape(text).replaceAll("{{", "{{ '{' + '{' }}"),
    // Vue leaves scripts out of templates, unless they are asked for so; a text in one it would escape where a server renders.
    script: (json) => `<component :is="'script'" type="application/ld+json" :innerHTML=${quoted(string(json))} />`,
  },
  svelte: {
    attribute: (name, value) => (value === true ? name : `${name}=${expressionValue(value)}`),
    text: expression,
    script: (json) => `<svelte:element this={"script"} type="application/ld+json">{${string(json)}}</svelte:element>`,
  },
};

/** `part` and all in it, in `dialect`, indented by `indent`. */
export function write(part, dialect, indent = "") {
  const { attribute, text, script } = dialect;
  if (part.name === "script" && script) return `${indent}${script(part.children[0])}`;
  const written = part.attributes.map(([name, value]) => attribute(name, value));
  const line = `${indent}<${[part.name, ...written].join(" ")}`;
  const open = line.length <= 96 || written.length < 2 ? `${line}>` : `${indent}<${part.name}\n${written.map((one) => `${indent}  ${one}`).join("\n")}\n${indent}>`;
  const close = `</${part.name}>`;
  if (part.name === "script") return `${open}${part.children[0]}${close}`;
  if (part.children.every((child) => typeof child === "string")) return `${open}${part.children.map(text).join("")}${close}`;
  const children = part.children.map((child) => write(child, dialect, `${indent}  `));
  return `${open}\n${children.join("\n")}\n${indent}${close}`;
}

/** The line that loads the card from an address. */
function loaderLine({ url, integrity }, dialect = DIALECTS.html) {
  const attributes = [["type", "module"], ["src", url]];
  if (integrity) attributes.push(["integrity", integrity], ["crossorigin", "anonymous"]);
  return write(tree("script", attributes, [""]), dialect);
}

/**
 * A parameter of a Hugo shortcode: between backticks all stands as it is; between quotes too, but for `\"`, and where that is
 * used every other backslash is lost.
 */
function hugoParameter([name, value]) {
  let text = whole(value === true ? "true" : value).replace(UNSEEN, (character) => (character === "\n" ? " " : character));
  if (name === "words") text = text.replaceAll("`", "\\u0060");
  if (!/["\\]/.test(text)) return `${name}="${text}"`;
  if (!text.includes("`")) return `${name}=\`${text}\``;
  if (!/"|\\$/.test(text)) return `${name}="${text}"`;
  if (!text.includes("\\")) return `${name}="${text.replaceAll('"', '\\"')}"`;
  // Hugo has no way to write all three.
  return `${name}=\`${text.replaceAll("`", "'")}\``;
}

/** An attribute of a WordPress shortcode: it has no escapes of its own; the plugin decodes those of HTML. */
function shortcodeAttribute([name, value]) {
  return `${name}="${escape(value === true ? "true" : value, "\"'[]\\{}")}"`;
}

/** The attributes of a block, as WordPress itself writes them (`serialize_block_attributes`). */
function blockAttributes(attributes) {
  const json = JSON.stringify(Object.fromEntries(attributes.map(([name, value]) => [name, typeof value === "string" ? value.toWellFormed() : value])));
  return json
    .replaceAll("--", "\\u002d\\u002d")
    .replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
    .replaceAll('\\"', "\\u0022")
    .replace(UNSEEN, inJson);
}

/** Its inner markup, without what a shortcode would be. */
const wordPressText = { ...DIALECTS.html, text: (text) => escape(text, "[]") };

const indented = (text, indent) => text.replace(/^(?=.)/gm, indent);

/** A string of PHP between single quotes. */
const php = (text) => `'${String(text).replace(/[\\']/g, "\\$&")}'`;
/** A basic string of TOML. */
const toml = (text) => string(text);

/**
 * The blocks to paste, in order: `{ file, language, code }`, where `file` says where it belongs (a name of a file, or a key of
 * the playground's words that begins with `:`).
 *
 * `attributes` are only those that were chosen; `loader` is `{ url, integrity }`, or nothing where the package is used;
 * `css` is a sheet for the page.
 */
export function snippet({ host, attributes, children, css, loader }) {
  const card = tree("maqal-card", attributes, children);
  const blocks = [];
  const add = (file, language, code) => blocks.push({ file, language, code });
  const install = () => add(":terminal", "sh", `npm install ${PACKAGE}`);
  const head = () => add("index.html", "html", loaderLine(loader));
  const sheet = (file) => css && add(file, "css", css);
  switch (host) {
    case "react": {
      loader ? head() : install();
      const from = loader ? "" : `import "${PACKAGE}";\n\n`;
      add("ArticleCard.jsx", "jsx", `${from}export function ArticleCard() {\n  return (\n${write(card, DIALECTS.jsx, "    ")}\n  );\n}`);
      sheet("index.css");
      break;
    }
    case "vue": {
      loader ? head() : install();
      add("vite.config.js", "js", `import vue from "@vitejs/plugin-vue";\n\nexport default {\n  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("maqal-") } } })],\n};`);
      const from = loader ? "" : `<script setup>\nimport "${PACKAGE}";\n</script>\n\n`;
      add("ArticleCard.vue", "html", `${from}<template>\n${write(card, DIALECTS.vue, "  ")}\n</template>`);
      sheet("style.css");
      break;
    }
    case "svelte": {
      loader ? head() : install();
      const from = loader ? "" : `<script>\n  import "${PACKAGE}";\n</script>\n\n`;
      add("ArticleCard.svelte", "html", `${from}${write(card, DIALECTS.svelte)}`);
      sheet("app.css");
      break;
    }
    case "hugo": {
      const inner = children.map((child) => write(child, { ...DIALECTS.html, text: (text) => escape(text, "{}") })).join("\n");
      add("hugo.toml", "toml", [`[params.maqal]`, `loader = ${toml(loader.url)}`, ...(loader.integrity ? [`integrity = ${toml(loader.integrity)}`] : [])].join("\n"));
      const open = `{{< maqal ${attributes.map(hugoParameter).join(" ")}`;
      add(":post", "html", inner ? `${open} >}}\n${inner}\n{{< /maqal >}}` : `${open} />}}`);
      sheet(":sheet");
      break;
    }
    case "wordpress": {
      const inner = children.map((child) => write(child, wordPressText)).join("\n");
      const constants = [["MAQAL_LOADER", loader.url], ...(loader.integrity ? [["MAQAL_INTEGRITY", loader.integrity]] : [])];
      add("wp-config.php", "php", constants.map(([name, value]) => `define( '${name}', ${php(value)} );`).join("\n"));
      add(":block", "html", inner ? `<!-- wp:maqal/card ${blockAttributes(attributes)} -->\n${inner}\n<!-- /wp:maqal/card -->` : `<!-- wp:maqal/card ${blockAttributes(attributes)} /-->`);
      add(":shortcode", "html", `[maqal ${attributes.map(shortcodeAttribute).join(" ")}]${inner}[/maqal]`);
      sheet(":wordpress_sheet");
      break;
    }
    case "blogger": {
      const styles = css ? `<style>\n${css}\n</style>\n` : "";
      add(":gadget", "html", `${styles}${loaderLine(loader, DIALECTS.xml)}\n${write(card, DIALECTS.xml)}`);
      break;
    }
    case "ghost": {
      const styles = css ? `\n<style>\n${css}\n</style>` : "";
      add(":injection", "html", `${loaderLine(loader)}${styles}`);
      add(":html_card", "html", write(card, DIALECTS.html));
      break;
    }
    default: {
      if (loader) {
        const styles = css ? `<style>\n${indented(css, "  ")}\n</style>\n` : "";
        add(":page", "html", `${styles}${loaderLine(loader)}\n${write(card, DIALECTS.html)}`);
      } else {
        install();
        add("main.js", "js", `import "${PACKAGE}";`);
        add(":page", "html", write(card, DIALECTS.html));
        sheet("style.css");
      }
    }
  }
  return blocks;
}
