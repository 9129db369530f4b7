//! The host page's own server: what a test puts there.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response};

use crate::http::{Reply, Server, answer, content_type};
use crate::recipe;

type Pages = Arc<Mutex<HashMap<String, Response<Bytes>>>>;

/// The site that embeds cards.
#[derive(Debug)]
pub struct Host {
    server: Server,
    pages: Pages,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// A site without pages.
    pub async fn start() -> Self {
        let pages = Pages::default();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let server = Server::start({
            let (pages, asked) = (pages.clone(), asked.clone());
            move |request| {
                let path = request.uri().path();
                asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
                let page = pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
                let page = page.unwrap_or_else(|| answer(404, "text/html", "<h1>404</h1>"));
                Box::pin(async move { Reply::Answer(page) })
            }
        });
        Self { server: server.await, pages, asked }
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// The address of `path` on this site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        self.origin() + path
    }

    /// Puts a file at `path`; its type goes by its name.
    pub fn put(&self, path: &str, body: impl Into<Bytes>) {
        self.put_with(path, 200, content_type(path), &[], body);
    }

    /// Puts an answer at `path`.
    pub fn put_with(
        &self,
        path: &str,
        status: u16,
        content_type: &str,
        headers: &[(&'static str, &str)],
        body: impl Into<Bytes>,
    ) {
        let mut response = answer(status, content_type, body);
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).expect("a header of a test is one");
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), response);
    }

    /// Puts every file below `folder` at its path below `at`, and an `index.html` at its folder's too.
    pub fn put_folder(&self, folder: &Path, at: &str) {
        for file in recipe::files(folder) {
            let name = file.strip_prefix(folder).expect("it is below it").display().to_string();
            let bytes = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let path = format!("{at}/{name}");
            if let Some(folder) = path.strip_suffix("index.html") {
                self.put_with(folder, 200, content_type(&path), &[], bytes.clone());
            }
            self.put(&path, bytes);
        }
    }

    /// How often `path` was asked for.
    #[must_use]
    pub fn times_asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|asked| *asked == path).count()
    }
}
