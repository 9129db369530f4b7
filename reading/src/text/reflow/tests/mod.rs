//! Texts that are wrapped and made whole again, and texts that must not be touched.

mod cases;
mod corpus;
mod generated;
