//! What the endpoint answers, address by address.

pub mod comments;
pub mod fallback;
pub mod health;
pub mod openapi;
