//! The demo page as Trunk serves it: `dist/`, with `api/` led to the endpoint, or answered with 502 where none runs.

use std::sync::Arc;

use http::Response;

use crate::endpoint::Endpoint;
use crate::http::{Reply, Server, answer};
use crate::proxy::Proxy;
use crate::{cdn, environment};

/// The demo site.
#[derive(Debug)]
pub struct Demo {
    server: Server,
    /// The way from the site's `api/` to the endpoint.
    pub api: Proxy,
    /// The endpoint.
    pub endpoint: Endpoint,
}

impl Demo {
    /// Serves the demo page, with an endpoint behind it.
    pub async fn start() -> Self {
        // Nothing crosses an origin here: the browser sees one server only.
        let endpoint = Endpoint::start("http://demo.invalid").await;
        let api = Proxy::start(endpoint.origin(), "http://demo.invalid").await;
        let (files, upstream) = (Arc::new(cdn::read(&environment::dist())), api.origin());
        let server = Server::start(move |mut request| {
            let (files, upstream) = (files.clone(), upstream.clone());
            Box::pin(async move {
                let path = request.uri().path().to_owned();
                if !path.starts_with("/api/") {
                    let path = if path == "/" { "/index.html" } else { &path };
                    return Reply::Answer(cdn::file(&files, path));
                }
                // The endpoint is asked as by a program: who may ask is the site's affair.
                request.headers_mut().remove(http::header::ORIGIN);
                crate::proxy::pass(&upstream, request).await.or_else(bad_gateway)
            })
        });
        Self { server: server.await, api, endpoint }
    }

    /// The address of the page, with a query such as `?theme=dark&second`.
    #[must_use]
    pub fn url(&self, query: &str) -> String {
        format!("{}/{query}", self.server.origin())
    }
}

fn bad_gateway() -> Response<bytes::Bytes> {
    answer(502, "text/plain", "")
}
