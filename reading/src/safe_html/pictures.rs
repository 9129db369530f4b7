//! The pictures of a text beside the one at the article's head.

use super::{Element, Node, SafeHtml, text};
use crate::text::number;

/// A picture of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address, as found.
    pub src: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// The line under it.
    pub caption: Option<String>,
    /// Its own width and height, in CSS pixels.
    pub size: Option<(u32, u32)>,
}

impl SafeHtml {
    /// Takes the picture with which the text begins, if it stands there alone.
    pub fn take_leading_picture(&mut self) -> Option<Picture> {
        let picture = lone_picture(self.0.first()?)?;
        self.0.remove(0);
        Some(picture)
    }

    /// Takes the first picture for which `is_same` holds, if it stands alone among the blocks.
    pub fn take_picture(&mut self, is_same: &dyn Fn(&str) -> bool) -> Option<Picture> {
        let found = self.0.iter().enumerate().find_map(|(n, node)| {
            let picture = lone_picture(node)?;
            is_same(&picture.src).then_some((n, picture))
        });
        let (n, picture) = found?;
        self.0.remove(n);
        Some(picture)
    }
}

/// The picture of a figure that holds one, and perhaps its caption.
fn lone_picture(node: &Node) -> Option<Picture> {
    let Node::Element(Element { name: "figure", children, .. }) = node else { return None };
    let (mut picture, mut caption) = (None, None);
    for child in children {
        let Node::Element(element) = child else { continue };
        match element.name {
            "figcaption" => caption = Some(text(&element.children).trim().to_owned()),
            "img" if picture.is_none() => picture = Some(element),
            // A link to the picture in full size.
            "a" if picture.is_none() => match element.children.as_slice() {
                [Node::Element(img)] if img.name == "img" => picture = Some(img),
                _ => return None,
            },
            _ => return None,
        }
    }
    let attribute =
        |name: &str| picture?.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let number = |name: &str| number::read(&attribute(name)?);
    Some(Picture {
        src: attribute("src")?,
        alt: attribute("alt"),
        caption: caption.filter(|caption| !caption.is_empty()),
        size: number("width").zip(number("height")),
    })
}
