//! A plain HTTP client: what a test asks a server directly, past the browser.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// Sends `request` and reads the whole answer.
///
/// # Errors
/// Where there is no answer: the sentence says why.
pub async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, String> {
    read(open(request).await?).await
}

/// Sends `request` and waits for the head of the answer.
///
/// # Errors
/// Where there is no answer: the sentence says why.
pub async fn open(request: Request<Bytes>) -> Result<Response<Incoming>, String> {
    // A client of its own for each request: it shares no connection with a server that was killed in between.
    let client = Client::builder(TokioExecutor::new()).build_http();
    client.request(request.map(Full::new)).await.map_err(|error| error.to_string())
}

/// Reads the rest of an answer.
///
/// # Errors
/// Where it breaks off: the sentence says why.
pub async fn read(response: Response<Incoming>) -> Result<Response<Bytes>, String> {
    let (head, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| error.to_string())?;
    Ok(Response::from_parts(head, body.to_bytes()))
}
