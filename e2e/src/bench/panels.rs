//! Pictures of several panels side by side.

use std::fmt::Write;

/// Where panels stand, and what is around them. Lengths are in units of the picture.
#[derive(Clone, Copy, Debug)]
pub struct Grid<'a> {
    /// What the picture shows, for those who do not see it.
    pub title: &'a str,
    /// The rules of its looks (CSS).
    pub style: &'a str,
    /// What stands above the panels (SVG), and how high it is.
    pub head: (&'a str, f64),
    /// How many panels stand beside one another.
    pub across: usize,
    /// The width and height of a panel.
    pub size: (f64, f64),
}

/// The picture of `panels`, each drawn by `draw` from its own corner.
#[must_use]
pub fn picture<T>(grid: &Grid<'_>, panels: &[T], draw: impl Fn(&mut String, &T)) -> String {
    let Grid { title, style, head: (above, head), across, size: (width, height) } = *grid;
    let (in_all, rows) = (width * across as f64, panels.len().div_ceil(across) as f64);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {in_all:.0} {:.0}\" role=\"img\">\n\
         <title>{title}</title>\n<style>{style}</style>\n{above}",
        head + height * rows
    );
    for (number, panel) in panels.iter().enumerate() {
        let (x, y) = ((number % across) as f64 * width, head + (number / across) as f64 * height);
        let _ = writeln!(svg, "<g transform=\"translate({x:.0} {y:.0})\">");
        draw(&mut svg, panel);
        svg.push_str("</g>\n");
    }
    svg.push_str("</svg>\n");
    svg
}
