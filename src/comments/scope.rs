//! Which conversation: an endpoint and a thread on it.

use crate::url::HttpUrl;

/// One conversation, and the name under which this device keeps what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The comment server.
    pub endpoint: HttpUrl,
    /// The conversation's name on it.
    pub thread: String,
}

impl Scope {
    /// The storage key for `kind`. No key of one conversation is the beginning of another's.
    #[must_use]
    pub fn storage_key(&self, kind: &str) -> String {
        // Percent-encoding leaves no colon and no space in the thread: both end it.
        let thread: String = js_sys::encode_uri_component(&self.thread).into();
        ["maqal:", kind, ":", self.endpoint.as_str(), " ", &thread, ":"].concat()
    }

    /// The storage key for `kind` of what belongs to all conversations of the endpoint.
    #[must_use]
    pub fn endpoint_key(&self, kind: &str) -> String {
        ["maqal:", kind, ":", self.endpoint.as_str()].concat()
    }
}
