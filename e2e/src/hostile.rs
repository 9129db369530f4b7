//! Style sheets of host pages that reach for everything: what the web has (resets, utilities, themes that shout) and what
//! only malice would write.

/// A style sheet of a host page.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// What it is about.
    pub name: &'static str,
    /// Its text.
    pub css: &'static str,
}

const fn sheet(name: &'static str, css: &'static str) -> Sheet {
    Sheet { name, css }
}

/// All of them. None moves or sizes the element from outside: where a card stands and how wide it is, is the host's affair.
pub const SHEETS: &[Sheet] = &[
    sheet(
        "what elements inherit, shouted at all of them",
        "* { letter-spacing: 3px !important; word-spacing: 8px !important; text-transform: uppercase !important;
            text-shadow: 2px 2px 0 #f0f !important; cursor: crosshair !important; font-variant: small-caps !important;
            text-indent: 2em !important; line-height: 1 !important; font: italic 900 9px/1 monospace !important;
            font-stretch: condensed !important; font-size-adjust: 0.9 !important; font-kerning: none !important;
            font-feature-settings: 'salt' !important; font-optical-sizing: none !important; font-synthesis: none !important;
            color: #c00 !important; text-align: center !important; text-align-last: right !important;
            white-space: pre !important; word-break: break-all !important; overflow-wrap: anywhere !important;
            line-break: anywhere !important; hyphens: auto !important; tab-size: 1 !important; quotes: 'X' 'Y' !important;
            list-style: square inside !important; text-emphasis: dot red !important; text-underline-position: under !important;
            text-rendering: geometricPrecision !important; text-wrap: nowrap !important; text-decoration-skip-ink: none !important;
            text-combine-upright: all !important; text-orientation: upright !important; ruby-position: under !important;
            border-collapse: collapse !important; border-spacing: 9px !important; caption-side: bottom !important;
            empty-cells: hide !important; orphans: 9 !important; widows: 9 !important; caret-color: red !important;
            accent-color: red !important; caret-shape: block !important; interpolate-size: allow-keywords !important;
            scrollbar-color: red blue !important; image-rendering: pixelated !important; hanging-punctuation: first !important;
            fill: red !important; stroke: blue !important; stroke-width: 9px !important; paint-order: stroke !important;
            text-box: trim-both cap alphabetic !important; text-autospace: no-autospace !important; math-style: compact !important;
            -webkit-text-stroke: 1px red !important; -webkit-text-fill-color: lime !important; -webkit-font-smoothing: none !important;
            -webkit-text-security: disc !important; -webkit-rtl-ordering: visual !important; -webkit-line-break: anywhere !important;
            -webkit-tap-highlight-color: red !important; -webkit-text-size-adjust: 300% !important; speak: none !important }",
    ),
    sheet("everything is reverted", "* { all: revert }"),
    sheet("everything is reverted, and no word against it", "*, *::before, *::after { all: revert !important }"),
    sheet("everything is unset", "* { all: unset }"),
    sheet("everything is unset, and no word against it", "body, body * { all: unset !important }"),
    sheet("everything is initial", "html, body, body * { all: initial !important }"),
    sheet(
        "a reset",
        "*, *::before, *::after { box-sizing: border-box; margin: 0; padding: 0; border: 0; font: inherit; vertical-align: baseline }
        html { font-size: 62.5%; -webkit-text-size-adjust: none } body { line-height: 1; font-size: 1.4rem }
        ol, ul { list-style: none } a { color: inherit; text-decoration: none } button, input, textarea { appearance: none }
        table { border-collapse: collapse; border-spacing: 0 } img { display: block; max-width: 100% } [hidden] { display: none !important }
        :focus, :focus-visible { outline: 0 !important }",
    ),
    sheet("a root of 62.5 %", "html { font-size: 62.5% !important }"),
    sheet("a root of 48 px", "html { font-size: 48px !important } body { font: 300 3rem/1 monospace !important }"),
    sheet("from left to right", "html, body, body * { direction: ltr !important; unicode-bidi: bidi-override !important }"),
    sheet("from right to left", "html, body, body * { direction: rtl !important; unicode-bidi: bidi-override !important; text-align: right }"),
    sheet("from top to bottom", "maqal-card { writing-mode: vertical-rl !important; text-orientation: upright !important }"),
    sheet(
        "boxes in boxes",
        "body * { padding: 13px !important; border: 7px dashed #c0f !important; background: #ff0 !important;
            outline: 5px solid lime !important; outline-offset: -9px !important; box-shadow: inset 0 0 0 9px red !important;
            border-radius: 50% !important; border-image: linear-gradient(red, blue) 3 !important }",
    ),
    sheet("boxes by content", "*, *::before, *::after { box-sizing: content-box !important }"),
    sheet("rows", "body * { display: flex !important; align-items: center !important; justify-content: center !important; gap: 40px !important }"),
    sheet("columns of rows", "body * { display: flex !important; flex-flow: column wrap !important; align-items: flex-end !important; place-content: end !important }"),
    sheet(
        "grids",
        "body * { display: grid !important; grid-template: 40px 40px / repeat(12, 1fr) !important; place-items: end !important;
            place-content: center !important; gap: 20px !important; grid-auto-flow: column dense !important }",
    ),
    sheet("columns", "body * { columns: 3 !important; column-gap: 40px !important; column-rule: 9px solid red !important }"),
    sheet("words", "body * { display: inline !important }"),
    sheet("items of a list", "body * { display: list-item !important; list-style: inside square !important }"),
    sheet("lines that are cut", "body * { display: -webkit-box !important; -webkit-box-orient: vertical !important; -webkit-line-clamp: 2 !important; text-overflow: ellipsis !important; overflow: hidden }"),
    sheet(
        "something before and after everything",
        ":not(.stand)::before, :not(.stand)::after { content: '★★★' !important; display: block !important; font-size: 40px !important }
        *::marker { content: '★★★' !important; color: red !important }",
    ),
    sheet(
        "first letters and lines",
        "*::first-letter { font-size: 5em !important; float: left !important; color: red !important }
        *::first-line { color: lime !important; letter-spacing: 9px !important; text-transform: uppercase !important; background: red !important }",
    ),
    sheet(
        "parts that browsers paint",
        "*::selection { background: lime !important; color: red !important; text-shadow: 0 0 9px red !important; text-decoration: line-through !important }
        *::placeholder { color: red !important; opacity: 1 !important } *::-webkit-scrollbar { width: 40px !important; height: 40px !important }
        *::backdrop { background: red !important } *::file-selector-button { display: none !important }
        ::highlight(maqal-listening) { background-color: red !important; color: lime !important }",
    ),
    sheet(
        "everything moves",
        "* { transition: all 9s 9s !important; animation: host 1s 3 !important; will-change: auto !important }
        @keyframes host { from { color: red; letter-spacing: 9px } } @keyframes bone { to { background: red } }",
    ),
    sheet("dark", ":root { color-scheme: dark only; color: #fff; background: #000 } * { color-scheme: dark !important; forced-color-adjust: none !important; print-color-adjust: exact !important }"),
    sheet(
        "the names of the card",
        ".maqal, .container, .card, .article, .title, .body, .talk, .comment, .send, .note, .face, .bar, .menu, .quote, #name, #body, slot
            { display: none !important; color: red !important }
        input, textarea, button, select, form, p, h1, h2, h3, h4, ol, li, article, section, table, td, code, pre, blockquote
            { border: 9px solid lime !important; font: 9px monospace !important; margin: 9px !important; float: left !important }
        maqal-card * { display: none !important } maqal-card > * { display: none !important } :defined { letter-spacing: 4px }
        @layer maqal { * { color: red !important } } @container maqal (width > 0) { * { letter-spacing: 9px !important } }",
    ),
    sheet(
        "containers and counters",
        "* { container: maqal / inline-size; counter-reset: list-item 40 !important; counter-set: list-item 9 !important }
        html, body { container-type: normal !important }",
    ),
    sheet(
        "variables with types",
        "@property --paper { syntax: '<color>'; inherits: false; initial-value: red } @property --_paper { syntax: '<color>'; inherits: false; initial-value: red }
        @property --_gap { syntax: '<length>'; inherits: false; initial-value: 90px } @property --_scale { syntax: '<number>'; inherits: false; initial-value: 3 }
        @property --_text { syntax: '<custom-ident>'; inherits: false; initial-value: monospace }
        @property --_accent { syntax: '<color>'; inherits: true; initial-value: red }",
    ),
];
