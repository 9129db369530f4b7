//! The origin that third parties include the widget from: `dist/`, for any page.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Response, header};

use crate::console::COLLECTOR;
use crate::engine::Engine;
use crate::environment;
use crate::gate::Gate;
use crate::http::{Reply, Server, answer, content_type};

/// Notes what the cards of a page tell it, from the page's start: in `window.heard`, and on what target.
const HEARD_JS: &str = "window.heard = [];
for (const name of ['ready', 'comment', 'count', 'error']) {
  addEventListener(`maqal:${name}`, (event) =>
    window.heard.push({ type: event.type, detail: event.detail, id: event.target.id, tag: event.target.localName }));
}
";

/// What is loaded for a card that shows, in a folder whose name changes with each build.
const FIRST: [&str; 3] = ["/card.js", "/first_bg.wasm", "/markup_bg.wasm"];

/// What is loaded once its reader touches it.
const WHOLE: [&str; 5] = ["/whole.js", "/maqal.js", "/maqal_bg.wasm", "/later.css", "/i18n/ar.json"];

/// The server of `dist/`.
#[derive(Debug)]
pub struct Cdn {
    server: Server,
    /// What `embed.js` waits at.
    pub loader: Arc<Gate>,
    /// What the files that the loader asks for wait at.
    pub files: Arc<Gate>,
    /// What the files of the whole card wait at.
    pub whole: Arc<Gate>,
}

impl Cdn {
    /// Serves what was built for the tests.
    pub async fn start() -> Self {
        Self::of(&environment::dist()).await
    }

    /// Serves what was built into `dist`.
    pub async fn of(dist: &Path) -> Self {
        let dist = Arc::new(read(dist));
        let [loader, files, whole] = [(); 3].map(|()| Arc::new(Gate::default()));
        let server = Server::start({
            let (loader, files, whole) = (loader.clone(), files.clone(), whole.clone());
            move |request| {
                let response = file(&dist, request.uri().path());
                let gate = match request.uri().path() {
                    "/embed.js" => Some(loader.clone()),
                    path if FIRST.iter().any(|name| path.ends_with(name)) => Some(files.clone()),
                    path if WHOLE.iter().any(|name| path.ends_with(name)) => Some(whole.clone()),
                    _ => None,
                };
                Box::pin(async move {
                    if let Some(gate) = gate {
                        gate.pass().await;
                    }
                    Reply::Answer(response)
                })
            }
        });
        Self { server: server.await, loader, files, whole }
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// Refuses all connections from now on.
    pub async fn shut(&self) {
        self.server.shut().await;
    }

    /// Answers again.
    pub async fn open(&self) {
        self.server.open().await;
    }
}

/// Every file of `dist/` by its path, with the recorder of events beside them.
#[must_use]
pub fn read(dist: &Path) -> HashMap<String, Bytes> {
    let collects = Engine::current() == Engine::WebKit;
    let heard = [HEARD_JS, if collects { COLLECTOR } else { "" }].concat();
    let mut files = HashMap::from([("/heard.js".to_owned(), heard.into())]);
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("dist can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let (Ok(name), Ok(bytes)) = (path.strip_prefix(dist), fs::read(&path)) {
                files.insert(format!("/{}", name.display()), bytes.into());
            }
        }
    }
    assert!(files.contains_key("/embed.js"), "{} holds no embed.js: run `cargo xtask test e2e`", dist.display());
    files
}

/// The answer for `path`: the file, for pages of any origin.
#[must_use]
pub fn file(files: &HashMap<String, Bytes>, path: &str) -> Response<Bytes> {
    let mut response = match files.get(path) {
        Some(bytes) => answer(200, content_type(path), bytes.clone()),
        None => answer(404, "text/plain", format!("no {path}")),
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=600"));
    response
}
