//! The limits that the widget checks before it sends, and the endpoint checks again.

/// Longest author's name, in Unicode scalar values.
pub const NAME_MAX_CHARS: usize = 60;

/// Longest comment, in Unicode scalar values.
pub const BODY_MAX_CHARS: usize = 10_000;

/// Longest thread identifier, in bytes of UTF-8 (a canonical URL with percent-encoded Arabic is long).
pub const THREAD_MAX_BYTES: usize = 2_048;

/// Largest request body an endpoint reads, in bytes: the longest comment in JSON escapes, and room to spare.
pub const REQUEST_MAX_BYTES: usize = 128 * 1024;

/// Comments on a page when the request names no `limit`.
pub const PAGE_DEFAULT: u32 = 20;

/// Most comments on one page.
pub const PAGE_MAX: u32 = 100;

/// Shortest idempotency key, in bytes.
pub const IDEMPOTENCY_KEY_MIN: usize = 16;

/// Longest idempotency key, in bytes.
pub const IDEMPOTENCY_KEY_MAX: usize = 128;
