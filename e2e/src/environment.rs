//! What was built for the tests, and the browser: named by the environment that `cargo xtask test e2e` sets.

use std::env;
use std::path::PathBuf;

/// The folder that third parties would include: `embed.js`, the glue, the WebAssembly, the styles and the demo page.
#[must_use]
pub fn dist() -> PathBuf {
    named("MAQAL_E2E_DIST", "the built page")
}

/// The program `maqal-server`.
#[must_use]
pub fn server() -> PathBuf {
    named("MAQAL_E2E_SERVER", "the built endpoint")
}

/// The WebDriver server of [`chromium`].
#[must_use]
pub fn chromedriver() -> PathBuf {
    named("MAQAL_E2E_CHROMEDRIVER", "the browser's driver")
}

/// Chromium.
#[must_use]
pub fn chromium() -> PathBuf {
    named("MAQAL_E2E_CHROMIUM", "the browser")
}

/// The WebDriver server of [`firefox`].
#[must_use]
pub fn geckodriver() -> PathBuf {
    named("MAQAL_E2E_GECKODRIVER", "Firefox's driver")
}

/// Firefox.
#[must_use]
pub fn firefox() -> PathBuf {
    named("MAQAL_E2E_FIREFOX", "Firefox")
}

/// The folder for a profile that Firefox has been started with once; it need not be there yet.
#[must_use]
pub fn firefox_profile() -> PathBuf {
    const NAME: &str = "MAQAL_E2E_FIREFOX_PROFILE";
    env::var_os(NAME).unwrap_or_else(|| panic!("{NAME} does not name a folder: run `cargo xtask test e2e`")).into()
}

/// The WebDriver server of [`minibrowser`].
#[must_use]
pub fn webkitdriver() -> PathBuf {
    named("MAQAL_E2E_WEBKITDRIVER", "WebKit's driver")
}

/// WebKitGTK's browser.
#[must_use]
pub fn minibrowser() -> PathBuf {
    named("MAQAL_E2E_MINIBROWSER", "WebKit's browser")
}

/// The X server without a screen: WebKit has no mode without a display.
#[must_use]
pub fn xvfb() -> PathBuf {
    named("MAQAL_E2E_XVFB", "the X server")
}

/// Where the steps are written that an engine's driver cannot do, for `cargo xtask test` to count; `None` where nobody asks.
#[must_use]
pub fn skipped() -> Option<PathBuf> {
    env::var_os("MAQAL_E2E_SKIPPED").map(PathBuf::from)
}

/// The script of axe-core.
#[must_use]
pub fn axe() -> PathBuf {
    named("MAQAL_E2E_AXE", "axe-core's script")
}

/// The npm package, put together of [`dist`].
#[must_use]
pub fn npm() -> PathBuf {
    named("MAQAL_E2E_NPM", "the npm package")
}

/// The folder with what its tests need from npm, in `node_modules`.
#[must_use]
pub fn npm_tools() -> PathBuf {
    named("MAQAL_E2E_NPM_TOOLS", "the packages for the npm package's tests")
}

/// The folder with the widgets that the benchmark measures beside Maqal.
#[must_use]
pub fn peers() -> PathBuf {
    named("MAQAL_E2E_PEERS", "the other widgets")
}

/// Hugo.
#[must_use]
pub fn hugo() -> PathBuf {
    named("MAQAL_E2E_HUGO", "Hugo")
}

/// PHP's command line.
#[must_use]
pub fn php() -> PathBuf {
    named("MAQAL_E2E_PHP", "PHP")
}

/// MariaDB's server.
#[must_use]
pub fn mariadb() -> PathBuf {
    named("MAQAL_E2E_MARIADB", "MariaDB's server")
}

/// The folder of WordPress, whose settings are those that `MAQAL_E2E_WORDPRESS_SETTINGS` names.
#[must_use]
pub fn wordpress() -> PathBuf {
    named("MAQAL_E2E_WORDPRESS", "WordPress")
}

/// Whether what is kept of the card's looks and of its accessibility tree is to be written anew, and not compared
/// (`cargo xtask test e2e --bless`).
#[must_use]
pub fn blesses() -> bool {
    env::var_os("MAQAL_E2E_BLESS").is_some()
}

/// Where the fault matrix is written, for `cargo xtask test` to print; `None` where nobody asks for it.
#[must_use]
pub fn matrix() -> Option<PathBuf> {
    env::var_os("MAQAL_E2E_MATRIX").map(PathBuf::from)
}

fn named(variable: &str, what: &str) -> PathBuf {
    let Some(path) = env::var_os(variable).map(PathBuf::from) else {
        panic!(
            "{variable} does not name {what}: run these tests by `cargo xtask test e2e`, which builds it and sets that"
        );
    };
    // The tests run in the package's folder, whatever folder cargo was called in.
    assert!(
        path.is_absolute() && path.exists(),
        "{variable} is {}, and there is no such absolute path: run `cargo xtask test e2e`",
        path.display()
    );
    path
}
