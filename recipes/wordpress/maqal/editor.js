/** The block in the editor, without a build: fields for what the card takes, and the article in HTML that it may hold. */
(function ({ blocks, blockEditor, components, element }) {
  const { createElement: make, RawHTML } = element;

  const CHOICES = {
    theme: ["auto", "light", "sepia", "dark"],
    heading: ["1", "2", "3", "4", "5", "6"],
    sort: ["newest", "oldest", "liked"],
    email: ["optional", "required"],
    website: ["optional", "required"],
  };
  const TEXTS = {
    src: "Address of the article",
    item: "Which article of that address",
    thread: "Name of the conversation",
    endpoint: "Comment endpoint, if not the site's",
    lang: "Language",
    comfort: "What readers may choose",
    words: "Phrases of your own, in JSON",
  };

  blocks.registerBlockType("maqal/card", {
    edit({ attributes, setAttributes }) {
      // An empty field is no attribute.
      const set = (name) => (value) => setAttributes({ [name]: value || undefined });
      const text = (name) =>
        make(components.TextControl, { key: name, label: TEXTS[name], value: attributes[name] ?? "", onChange: set(name) });
      const choice = (name) =>
        make(components.SelectControl, {
          key: name,
          label: name,
          value: attributes[name] ?? "",
          options: ["", ...CHOICES[name]].map((value) => ({ value, label: value || "—" })),
          onChange: set(name),
        });
      const number = make(components.TextControl, {
        key: "post",
        type: "number",
        label: "Number of the post",
        help: "Without it, and without an address or a text, the card has the post that it stands in.",
        value: attributes.post ?? "",
        onChange: (value) => setAttributes({ post: Number(value) || undefined }),
      });
      const autoload = make(components.ToggleControl, {
        key: "autoload",
        label: "More comments come by themselves",
        checked: Boolean(attributes.autoload),
        onChange: set("autoload"),
      });
      return make(
        "div",
        blockEditor.useBlockProps(),
        make(
          blockEditor.InspectorControls,
          {},
          make(components.PanelBody, { title: "Article" }, number, text("src"), text("item")),
          make(components.PanelBody, { title: "Conversation" }, ["thread", "endpoint"].map(text), ["sort", "email", "website"].map(choice), autoload),
          make(components.PanelBody, { title: "Look", initialOpen: false }, ["theme", "heading"].map(choice), ["lang", "comfort", "words"].map(text)),
        ),
        make(
          components.Placeholder,
          { icon: "format-chat", label: "Maqal", instructions: attributes.src ?? (attributes.post ? `Post ${attributes.post}` : undefined) },
          make(components.TextareaControl, {
            label: "The article in HTML, if it is no post",
            dir: "auto",
            rows: 6,
            value: attributes.article ?? "",
            onChange: (article) => setAttributes({ article }),
          }),
        ),
      );
    },
    // What PHP puts into the card.
    save: ({ attributes }) => make(RawHTML, {}, attributes.article ?? ""),
  });
})(window.wp);
