//! An author whom the host page vouches for.

use maqal_contract::Badge;

/// Who a verified token ([`maqal_contract::identity`]) says that the reader is.
///
/// [`read`](crate::identity::read) puts this into the request's extensions; the handlers take it from there. It then takes
/// the place of the name that the request gives, is stored with the comment, and proves authorship beside the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who the reader is to the host, the same each time (`sub`); never given out.
    pub subject: String,
    /// The name to show. It is checked as a typed one is.
    pub name: String,
    /// The address of a picture: `https`.
    pub avatar: Option<String>,
    /// What the reader is to the host.
    pub badge: Option<Badge>,
}
