/**
 * A translator of pages, as browsers and extensions have them: it looks for texts wherever it reaches, open shadow roots
 * too, puts its own in their places, and goes on as texts come. `way` is how it does that:
 *
 * - `replace`: a `<font>` takes the text's place, as Chrome's translator does it
 * - `beside`: the `<font>` comes before the text, which then goes
 * - `late`: the text goes, then the `<font>` comes
 * - `wrap`: the text itself moves into the `<font>`, and is another one from then on
 * - `empty`: the `<font>` comes after the text, which is emptied
 * - `again`: as `replace`, and each translation is replaced by a better one later
 * - `rewrite`: the element's whole content becomes one text
 *
 * A translation is the text in ⟦brackets⟧. Gives a function that puts it all back, as «show the original» does.
 */
function translate(way) {
  const SKIPPED = "style, script, textarea, select, svg, font, [translate=no]";
  const undo = [];
  const translated = (text) => `⟦${text}⟧`;
  const fonts = (text) => {
    const outer = document.createElement("font");
    const inner = document.createElement("font");
    outer.style.verticalAlign = inner.style.verticalAlign = "inherit";
    inner.textContent = translated(text);
    outer.append(inner);
    return outer;
  };
  const WAYS = {
    replace(text) {
      const font = fonts(text.data);
      text.parentNode.replaceChild(font, text);
      undo.push(() => font.parentNode?.replaceChild(text, font));
      return font;
    },
    beside(text) {
      const font = fonts(text.data);
      text.before(font);
      text.remove();
      undo.push(() => font.parentNode && (font.before(text), font.remove()));
    },
    late(text) {
      const font = fonts(text.data);
      const { parentNode, nextSibling } = text;
      text.remove();
      parentNode.insertBefore(font, nextSibling);
      undo.push(() => font.parentNode?.replaceChild(text, font));
    },
    wrap(text) {
      const [font, inner, original] = [document.createElement("font"), document.createElement("font"), text.data];
      text.before(font);
      font.append(inner);
      inner.append(text);
      text.data = translated(original);
      undo.push(() => font.isConnected && text.parentNode === inner && ((text.data = original), font.replaceWith(text)));
    },
    empty(text) {
      const original = text.data;
      const font = fonts(original);
      text.after(font);
      text.data = "";
      undo.push(() => font.parentNode && ((text.data ||= original), font.remove()));
    },
    again(text) {
      const font = WAYS.replace(text);
      setTimeout(() => {
        const better = fonts(text.data);
        font.parentNode?.replaceChild(better, font);
        undo.push(() => better.parentNode?.replaceChild(text, better));
      });
    },
    rewrite(text) {
      const { parentNode } = text;
      if (parentNode.childElementCount) return WAYS.replace(text);
      const before = [...parentNode.childNodes];
      parentNode.textContent = "";
      parentNode.append(fonts(before.map((node) => node.data ?? "").join("")));
      undo.push(() => parentNode.replaceChildren(...before));
    },
  };

  function visit(root) {
    if (!root.isConnected) return;
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.shadowRoot) watch(node.shadowRoot);
      if (node.nodeType === Node.TEXT_NODE) texts.push(node);
    }
    for (const text of texts) {
      if (!/\S/.test(text.data) || !text.isConnected || !text.parentElement || text.parentElement.closest(SKIPPED)) continue;
      if (/^⟦.*⟧$/s.test(text.data)) continue;
      window.translations = (window.translations ?? 0) + 1;
      WAYS[way](text);
    }
  }

  const watched = new Set();
  const observer = new MutationObserver((records) => {
    for (const { target } of records) visit(target.nodeType === Node.TEXT_NODE ? target.parentNode ?? target : target);
  });
  function watch(root) {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, { childList: true, characterData: true, subtree: true });
    visit(root);
  }
  document.documentElement.classList.add("translated-rtl");
  watch(document.body);
  for (const { shadowRoot } of document.querySelectorAll("*")) if (shadowRoot) watch(shadowRoot);
  return () => {
    observer.disconnect();
    for (const back of undo.reverse()) back();
    document.documentElement.classList.remove("translated-rtl");
  };
}
