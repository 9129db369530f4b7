//! A plain HTTP client: what a test asks a server directly, past the browser.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Sends `request` and reads the whole answer.
///
/// # Errors
/// Where there is no answer: the sentence says why.
pub async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, String> {
    // A client of its own for each request: it shares no connection with a server that was killed in between.
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(request.map(Full::new)).await.map_err(|error| error.to_string())?;
    let (head, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| error.to_string())?;
    Ok(Response::from_parts(head, body.to_bytes()))
}
