//! Before a widget's own server: its answers pass as they are, and are compressed as all others' are.

use bytes::Bytes;
use http::{HeaderMap, Request, Response, header};

use super::origin::Api;
use crate::client;
use crate::http::{Reply, answer};

/// What belongs to one connection, or to a body that is made anew.
const NOT_PASSED: [header::HeaderName; 4] =
    [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH, header::ACCEPT_ENCODING];

/// An API that passes requests to `server`, and shows `notice` each request's method with its answer.
pub fn api(server: String, notice: impl Fn(&http::Method, &Response<Bytes>) + Clone + Send + Sync + 'static) -> Api {
    Box::new(move |request| {
        let (server, notice) = (server.clone(), notice.clone());
        Box::pin(async move {
            let method = request.method().clone();
            match pass(&server, request).await {
                Ok(Reply::Answer(response)) => {
                    notice(&method, &response);
                    Reply::Answer(response)
                }
                Ok(other) => other,
                Err(why) => Reply::Answer(answer(502, "text/plain", why)),
            }
        })
    })
}

async fn pass(server: &str, request: Request<Bytes>) -> Result<Reply, String> {
    let (mut head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    head.uri = format!("{server}{path}").parse().map_err(|error| format!("{path}: {error}"))?;
    without(&mut head.headers);
    head.headers.remove(header::HOST);
    let mut response = client::open(Request::from_parts(head, body)).await?;
    without(response.headers_mut());
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    // Events are passed on as they come.
    if kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
        return Ok(Reply::Stream(response));
    }
    Ok(Reply::Answer(client::read(response).await?))
}

fn without(headers: &mut HeaderMap) {
    for name in NOT_PASSED {
        headers.remove(name);
    }
}
