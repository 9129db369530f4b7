//! The page around the conversation: short, so that its first comments are on the first screen.

use crate::host::Host;

/// Puts a page at `path` whose card talks to `endpoint` about `thread`.
pub fn put(host: &Host, path: &str, widget: &str, endpoint: &str, thread: &str) {
    let html = format!(
        r#"<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>صفحة القياس</title>
<link rel="icon" href="data:,">
<script type="module" src="{widget}/embed.js"></script>
</head>
<body>
<maqal-card endpoint="{endpoint}" thread="{thread}">
<article><h1>مكتبة على الرصيف</h1><p>فتحت مكتبة صغيرة أبوابها هذا الصباح قرب المرسى القديم.</p></article>
</maqal-card>
</body>
</html>
"#
    );
    host.put_with(path, 200, "text/html; charset=utf-8", &[], html);
}
