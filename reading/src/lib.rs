//! What reading takes: articles and comments from what publishers and servers send, and the words around them. No reactive graph,
//! no framework: what shows first is made of this alone.

pub mod article;
pub mod comment;
pub mod i18n;
pub mod json;
pub mod markup;
pub mod places;
pub mod safe_html;
pub mod text;
pub mod url;
pub mod view;
pub mod wire;
