//! Line drawings on buttons, of 20 by 20 units, as paths (SVG 2, section 9.3).

/// An arrow out of a tray.
pub const SHARE: &str = "M10 12.5V3m0 0L6.5 6.5M10 3l3.5 3.5M4 10v6h12v-6";
/// Two links of a chain.
pub const LINK: &str =
    "M8.5 11.5a3 3 0 0 0 4.2 0l2.8-2.8a3 3 0 0 0-4.2-4.2l-1 1m1.2 3a3 3 0 0 0-4.2 0l-2.8 2.8a3 3 0 0 0 4.2 4.2l1-1";
/// A tick.
pub const DONE: &str = "M4 10.5l4 4 8-9";
/// A heart: it is the same from both sides.
pub const HEART: &str = "M10 16.5S3 12.4 3 7.6A3.6 3.6 0 0 1 10 6a3.6 3.6 0 0 1 7 1.6c0 4.8-7 8.9-7 8.9z";
/// Three dots in a line.
pub const MORE: &str = "M4.5 10h.01M10 10h.01M15.5 10h.01";
/// Headphones.
pub const LISTEN: &str = "M3.5 14v-3.5a6.5 6.5 0 0 1 13 0V14m-13-2H6v5H4.5a1 1 0 0 1-1-1zm13 0H14v5h1.5a1 1 0 0 0 1-1z";
