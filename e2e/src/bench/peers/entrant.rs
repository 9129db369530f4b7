//! Who takes part, and how a site of each is put up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::header;
use http::{HeaderValue, Response};
use maqal_contract::Comment;

use super::isso::Isso;
use super::origin::{self, Files, Traffic};
use super::site::{self, Behind, Paging, Site};
use super::stub::{self, Talk};
use super::{artalk, maqal, page, proxy, twikoo, waline};
use crate::http::{Reply, Server, answer};

/// A widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entrant {
    /// Ours.
    Maqal,
    /// <https://isso-comments.de>
    Isso,
    /// <https://waline.js.org>
    Waline,
    /// <https://artalk.js.org>
    Artalk,
    /// <https://twikoo.js.org>
    Twikoo,
}

impl Entrant {
    /// All; ours is the first, which all others are compared with.
    pub const ALL: [Self; 5] = [Self::Maqal, Self::Isso, Self::Waline, Self::Artalk, Self::Twikoo];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maqal => "Maqal",
            Self::Isso => "Isso",
            Self::Waline => "Waline",
            Self::Artalk => "Artalk",
            Self::Twikoo => "Twikoo",
        }
    }

    fn files(self) -> Files {
        match self {
            Self::Maqal => maqal::files(),
            Self::Isso => super::isso::files(),
            Self::Waline => waline::files(),
            Self::Artalk => artalk::files(),
            Self::Twikoo => twikoo::files(),
        }
    }

    /// How many of `comments` its first page has.
    fn first_page(self, comments: &[Comment], paging: Paging) -> usize {
        match (self, paging) {
            (_, Paging::All) | (Self::Isso, _) => comments.len(),
            (Self::Maqal, _) => site::first_page(comments, maqal::PAGE),
            (Self::Waline, _) => site::first_page(comments, waline::PAGE),
            (Self::Twikoo, _) => site::first_page(comments, twikoo::PAGE),
            (Self::Artalk, _) => artalk::PAGE.min(comments.len()),
        }
    }
}

/// The origin of all pages, and what the sites share.
pub struct Sites {
    traffic: Arc<Traffic>,
    pages: Arc<Mutex<HashMap<String, String>>>,
    server: Server,
    files: HashMap<Entrant, Files>,
}

impl std::fmt::Debug for Sites {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sites").finish_non_exhaustive()
    }
}

impl Sites {
    /// No page yet.
    pub async fn start() -> Self {
        let (traffic, pages) = (Arc::new(Traffic::default()), Arc::new(Mutex::new(HashMap::<String, String>::new())));
        let api: origin::Api = Box::new({
            let pages = pages.clone();
            move |request| {
                let page = pages.lock().unwrap_or_else(PoisonError::into_inner).get(request.uri().path()).cloned();
                Box::pin(async move { Reply::Answer(page.map_or_else(|| answer(404, "text/plain", ""), html)) })
            }
        });
        let server = origin::start(traffic.clone(), Files::new(), api).await;
        Self { traffic, pages, server, files: Entrant::ALL.map(|entrant| (entrant, entrant.files())).into() }
    }

    /// The origin of the pages.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.origin()
    }

    /// What has left all servers of the sites.
    #[must_use]
    pub fn traffic(&self) -> &Arc<Traffic> {
        &self.traffic
    }

    /// Puts up a site of `entrant` with these comments, the newest first. Maqal's own endpoint is at `endpoint`, where it has
    /// them as `thread`.
    pub async fn put(
        &self,
        entrant: Entrant,
        paging: Paging,
        comments: &[Comment],
        (endpoint, thread): (&str, &str),
        paragraphs: usize,
    ) -> Site {
        let stub = || Talk::new(comments.to_vec());
        let (api, behind, view) = match entrant {
            Entrant::Maqal if paging == Paging::Usual => {
                let (api, posted) = maqal::endpoint(endpoint);
                (api, Behind::Endpoint(posted), maqal::VIEW)
            }
            Entrant::Isso => {
                let isso = Isso::start(&self.origin(), comments).await;
                (proxy::api(isso.origin(), |_, _| {}), Behind::Isso(isso), super::isso::VIEW)
            }
            Entrant::Maqal => played(stub(), maqal::dialect, maqal::VIEW),
            Entrant::Waline => played(stub(), waline::dialect, waline::VIEW),
            Entrant::Artalk => played(stub(), artalk::dialect, artalk::VIEW),
            Entrant::Twikoo if paging == Paging::Usual => played(stub(), twikoo::by_pages, twikoo::VIEW),
            Entrant::Twikoo => played(stub(), twikoo::whole, twikoo::VIEW),
        };
        let server = self.serve(entrant, api).await;
        let origin = server.origin();
        let length = comments.len();
        let around = |(head, below): (String, String)| page::around(&head, paragraphs, &below);
        let html = match entrant {
            Entrant::Maqal => maqal::page(&origin, thread, paragraphs, 1),
            Entrant::Isso => around(super::isso::tags(&origin, paging)),
            Entrant::Waline => around(waline::tags(&origin, paging, length)),
            Entrant::Artalk => around(artalk::tags(&origin, paging, length)),
            Entrant::Twikoo => around(twikoo::tags(&origin)),
        };
        let url = self.put_page(&format!("/{}-{length}-{paging:?}-{paragraphs}.html", entrant.name()), html);
        Site {
            url,
            view,
            newest: site::newest(comments),
            count: entrant.first_page(comments, paging),
            behind,
            origin: server,
        }
    }

    /// Puts up a page with so many of our cards, each with these comments.
    pub async fn put_cards(&self, comments: &[Comment], (endpoint, thread): (&str, &str), cards: usize) -> Site {
        let (api, posted) = maqal::endpoint(endpoint);
        let server = self.serve(Entrant::Maqal, api).await;
        let html = maqal::page(&server.origin(), thread, page::USUAL_PARAGRAPHS, cards);
        Site {
            url: self.put_page(&format!("/cards-{cards}.html"), html),
            view: maqal::LAST,
            newest: site::newest(comments),
            count: Entrant::Maqal.first_page(comments, Paging::Usual),
            behind: Behind::Endpoint(posted),
            origin: server,
        }
    }

    fn put_page(&self, path: &str, html: String) -> String {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), html);
        self.origin() + path
    }

    /// The files of a widget, and its API.
    async fn serve(&self, entrant: Entrant, api: origin::Api) -> Server {
        let files = self.files.get(&entrant).cloned().unwrap_or_default();
        origin::start(self.traffic.clone(), files, api).await
    }
}

fn played(talk: Arc<Talk>, dialect: stub::Dialect, view: site::View) -> (origin::Api, Behind, site::View) {
    (stub::api(talk.clone(), dialect), Behind::Stub(talk), view)
}

/// A page that browsers ask for anew each time.
fn html(page: String) -> Response<bytes::Bytes> {
    let mut response = answer(200, "text/html; charset=utf-8", page);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
