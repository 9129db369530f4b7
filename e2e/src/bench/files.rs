//! Origins that answer with what is ready: the widget's files and whole conversations, compressed as a server on the web
//! compresses them.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use maqal_contract::{Comment, Page};

use crate::http::{Reply, Server, answer, content_type};
use crate::{cdn, environment};

/// The quality of what is compressed once, ahead of time; and of what a server compresses as it answers.
pub const AHEAD: u32 = 11;
/// See [`AHEAD`].
pub const AT_ONCE: u32 = 5;

/// Brotli (RFC 7932).
#[must_use]
pub fn compressed(bytes: &[u8], quality: u32) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams { quality: quality as i32, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).expect("memory takes what is written");
    out.into()
}

fn brotli_answer(content_type: &str, body: Bytes) -> Response<Bytes> {
    let mut response = answer(200, content_type, body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // For the sizes that the page's own clock is told of.
    headers.insert("timing-allow-origin", HeaderValue::from_static("*"));
    response
}

/// The origin that the widget comes from.
pub async fn widget() -> Server {
    let files: HashMap<String, Response<Bytes>> = cdn::read(&environment::dist())
        .into_iter()
        .filter(|(path, _)| !path.starts_with("/demo/"))
        .map(|(path, bytes)| {
            let response = brotli_answer(content_type(&path), compressed(&bytes, AHEAD));
            (path, response)
        })
        .collect();
    serve(move |path, _| files.get(path).cloned()).await
}

/// An endpoint that has one conversation, and gives `at_once` comments in each answer.
pub async fn endpoint(comments: Vec<Comment>, at_once: usize) -> Server {
    let total = comments.len() as u64;
    let pages = comments.len().div_ceil(at_once);
    let answers: Vec<_> = comments
        .chunks(at_once)
        .enumerate()
        .map(|(number, chunk)| {
            let next = (number + 1 < pages).then(|| (number + 1).to_string());
            let page = Page { comments: chunk.to_vec(), total, next, previous: None, live: Some("0".to_owned()) };
            let json = serde_json::to_vec(&page).expect("a page serialises");
            brotli_answer("application/json", compressed(&json, AT_ONCE))
        })
        .collect();
    serve(move |_, query| {
        let page = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after");
        answers.get(page.map_or(0, |(_, number)| number.parse().unwrap_or(usize::MAX))).cloned()
    })
    .await
}

async fn serve(find: impl Fn(&str, &str) -> Option<Response<Bytes>> + Send + Sync + 'static) -> Server {
    let find = Arc::new(find);
    Server::start(move |request| {
        let find = find.clone();
        Box::pin(async move {
            let found = find(request.uri().path(), request.uri().query().unwrap_or_default());
            Reply::Answer(found.unwrap_or_else(|| answer(404, "text/plain", "")))
        })
    })
    .await
}
