//! Everything but the browser: the widget's origin, the host page's, the endpoint's, and the way to it.

use crate::article;
use crate::browser::Browser;
use crate::cdn::Cdn;
use crate::endpoint::Endpoint;
use crate::host::Host;
use crate::proxy::Proxy;
use crate::recipe::Addresses;

/// The conversation of the usual card.
pub const THREAD: &str = "maktaba";

/// Where the host page has the article as JSON-LD.
pub const ARTICLE: &str = "/article.json";

/// The stage of a test.
#[derive(Debug)]
pub struct Stage {
    /// The origin that the page includes the widget from.
    pub cdn: Cdn,
    /// The page's own origin.
    pub host: Host,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The way to the endpoint, which a test breaks.
    pub proxy: Proxy,
}

impl Stage {
    /// A stage with an empty database, and with the article and a page that embeds it (`/`).
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// As [`start`](Self::start), with these options for the endpoint.
    pub async fn start_with(options: &[&str]) -> Self {
        let host = Host::start().await;
        let endpoint = Endpoint::start_with(&host.origin(), options).await;
        let proxy = Proxy::start(endpoint.origin(), &host.origin()).await;
        let stage = Self { cdn: Cdn::start().await, host, endpoint, proxy };
        stage.host.put(ARTICLE, article::json_ld().to_string());
        stage.host.put("/article.txt", article::plain_text());
        stage.put_page("/", &stage.usual_card());
        stage
    }

    /// The card of most tests: article, endpoint, thread, and the article as its children too.
    #[must_use]
    pub fn usual_card(&self) -> String {
        self.card(
            &format!(r#"src="{ARTICLE}" endpoint="{}" thread="{THREAD}""#, self.proxy.endpoint()),
            &article::light_dom(),
        )
    }

    /// A card with these attributes and children.
    #[must_use]
    pub fn card(&self, attributes: &str, children: &str) -> String {
        format!("<maqal-card {attributes}>{children}</maqal-card>")
    }

    /// What stands in recipes for an example, here.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        Addresses { widget: self.cdn.origin(), endpoint: self.proxy.endpoint(), site: self.host.origin() }
    }

    /// Puts a page at `path` that includes the widget, with `body` in it.
    pub fn put_page(&self, path: &str, body: &str) {
        self.host.put_with(path, 200, "text/html; charset=utf-8", &[], self.html("", body));
    }

    /// A page that includes the widget, with `head` and `body` in it.
    #[must_use]
    pub fn html(&self, head: &str, body: &str) -> String {
        let cdn = self.cdn.origin();
        format!(
            r#"<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>موقع المضيف</title>
<link rel="icon" href="data:,">
<script src="{cdn}/heard.js"></script>
<script type="module" src="{cdn}/embed.js"></script>
{head}
</head>
<body>
{body}
</body>
</html>
"#
        )
    }

    /// A new reader, on the page `/`.
    pub async fn reader(&self) -> Browser {
        self.reader_at("/").await
    }

    /// A new reader, on the page `path`.
    pub async fn reader_at(&self, path: &str) -> Browser {
        let browser = Browser::start().await;
        browser.open(&self.host.url(path)).await;
        browser
    }

    /// `kill -9` to the endpoint, and a new process on the same file.
    pub async fn restart_endpoint(&mut self) {
        self.endpoint.restart().await;
        self.proxy.lead_to(self.endpoint.origin());
    }
}
