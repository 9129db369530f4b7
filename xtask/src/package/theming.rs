//! The tables of `docs/theming.md`: custom properties and parts, with what is said of them.

use anyhow::{Result, bail};

/// What a host may style.
#[derive(Debug)]
pub struct Theming {
    /// The custom properties, in order.
    pub properties: Vec<CustomProperty>,
    /// The names that `::part()` takes, in order.
    pub parts: Vec<Part>,
}

/// A custom property.
#[derive(Debug)]
pub struct CustomProperty {
    /// `--maqal-accent`.
    pub name: String,
    /// Whether it is a colour, which differs by theme.
    pub is_colour: bool,
    /// What it is, and its values.
    pub doc: String,
}

/// A part.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it is.
    pub doc: String,
}

impl Theming {
    /// Reads the document.
    ///
    /// # Errors
    /// When it has not the tables that we know.
    pub fn parse(text: &str) -> Result<Self> {
        let (mut properties, mut parts) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| line.starts_with("| `")) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            match cells.as_slice() {
                [name, light, sepia, dark, what, _] => properties.push(CustomProperty {
                    name: unquoted(name),
                    is_colour: true,
                    doc: format!("{what}: {light} in light, {sepia} in sepia, {dark} in dark"),
                }),
                [name, default, what] if name.starts_with("`--") => properties.push(CustomProperty {
                    name: unquoted(name),
                    is_colour: false,
                    doc: format!("{what}. Without it: {default}"),
                }),
                [names, what] if line.starts_with("| `") && !names.contains("comfort=") => {
                    for name in names.split(", ") {
                        parts.push(Part { name: unquoted(name), doc: (*what).to_owned() });
                    }
                }
                _ => bail!("a row of another shape: {line}"),
            }
        }
        // The table of `comfort` has rows of two cells as well: it stands before the parts.
        let first = parts.iter().position(|part| part.name == "card").unwrap_or(parts.len());
        parts.drain(..first);
        if properties.is_empty() || parts.is_empty() {
            bail!("no custom property or no part is told of");
        }
        Ok(Self { properties, parts })
    }
}

fn unquoted(name: &str) -> String {
    name.replace('`', "")
}
