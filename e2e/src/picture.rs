//! Pictures of a page, by the Chrome DevTools Protocol: <https://chromedevtools.github.io/devtools-protocol/>.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::palette::with_palette;

/// A device that a page is shown on.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// Its name in a file's name.
    pub name: &'static str,
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels for each CSS pixel.
    pub scale: u32,
    /// Whether it is held in the hand: the page's `viewport` counts, and scroll bars lie above it.
    pub mobile: bool,
}

/// A telephone of today.
pub const PHONE: Device = Device { name: "phone", width: 390, height: 844, scale: 2, mobile: true };

/// A small laptop's window.
pub const DESKTOP: Device = Device { name: "desktop", width: 1280, height: 900, scale: 1, mobile: false };

/// What is in a picture.
#[derive(Clone, Copy, Debug)]
pub enum Frame<'a> {
    /// What the reader sees without scrolling.
    Screen,
    /// A part, however tall: the body of a function that returns its element.
    Element(&'a str),
}

/// Shows pages as `device` does, to a reader whose system prefers `scheme` (`light` or `dark`).
pub async fn show_on(browser: &Browser, device: Device, scheme: &str) {
    let Device { width, height, scale, mobile, .. } = device;
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    // A picture of something that moves is another one each time.
    browser.media("", &[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]).await;
}

/// Takes a picture: a PNG.
pub async fn shot(browser: &Browser, frame: Frame<'_>) -> Vec<u8> {
    let mut parameters = json!({ "format": "png", "optimizeForSpeed": false });
    if let Frame::Element(element) = frame {
        let script = format!(
            "const box = (() => {{ {element} }})().getBoundingClientRect();
            return {{ x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, scale: 1 }}"
        );
        parameters["clip"] = browser.run(&script, Vec::new()).await;
        parameters["captureBeyondViewport"] = Value::Bool(true);
    }
    let answer = browser.devtools("Page.captureScreenshot", parameters).await;
    let data = answer["data"].as_str().unwrap_or_default();
    STANDARD.decode(data).expect("the browser sends its picture in base64")
}

/// Takes a picture and writes it to `path` as PNG with a palette.
pub async fn take(browser: &Browser, frame: Frame<'_>, path: &Path) {
    keep(&shot(browser, frame).await, path);
}

/// Writes a picture to `path` as PNG with a palette.
pub fn keep(png: &[u8], path: &Path) {
    let png = with_palette(png).unwrap_or_else(|why| panic!("the browser sends {why}"));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).expect("the folder can be made");
    }
    fs::write(path, &png).expect("the picture can be written");
    println!("{} ({} KB)", path.display(), png.len().div_ceil(1024));
}
