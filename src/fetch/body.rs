//! Reads the body of an answer, and no more of it than may be kept: an endless one ends here.

use gloo_net::http::Response;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// The first `limit` bytes of `response`, and whether there was more.
///
/// # Errors
/// What the browser throws where the connection breaks.
pub(super) async fn read(response: &Response, limit: u64) -> Result<(Vec<u8>, bool), JsValue> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok((bytes, false)) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let part = JsFuture::from(reader.read()).await?;
        // An object that the browser has just made: its properties are there.
        let Ok(value) = Reflect::get(&part, &"value".into())?.dyn_into::<Uint8Array>() else {
            return Ok((bytes, false));
        };
        bytes.extend(value.to_vec());
        if bytes.len() as u64 > limit {
            bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            // What is still on its way is of no use.
            let _ = reader.cancel();
            return Ok((bytes, true));
        }
    }
}
