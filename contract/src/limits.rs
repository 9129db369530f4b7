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

/// Longest e-mail address, in bytes: RFC 5321, section 4.5.3.1.3, less the angle brackets.
pub const EMAIL_MAX_BYTES: usize = 254;

/// Longest address of an author's website, in bytes.
pub const WEBSITE_MAX_BYTES: usize = 500;

/// Longest note of a report, in Unicode scalar values.
pub const NOTE_MAX_CHARS: usize = 1_000;

/// Longest token of an identity in its compact form, in bytes.
pub const IDENTITY_MAX_BYTES: usize = 8 * 1024;

/// Longest `sub` of an identity, in bytes: OpenID Connect Core 1.0, section 2.
pub const SUBJECT_MAX_BYTES: usize = 255;

/// Replies that come with each top-level comment of a page when the request names no `replies`.
pub const REPLIES_DEFAULT: u32 = 3;

/// Most replies that come with each top-level comment of a page.
pub const REPLIES_MAX: u32 = 100;

/// Most comments in one answer of [`Changes`](crate::Changes).
pub const CHANGES_MAX: u32 = 100;

/// Most conversations that one request for [`Counts`](crate::Counts) may name.
pub const COUNTS_MAX: usize = 100;
