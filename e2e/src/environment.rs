//! What was built for the tests, and the browser: named by the environment that `cargo xtask test e2e` sets.

use std::env;
use std::path::PathBuf;

/// The folder that third parties would include: `embed.js`, the glue, the WebAssembly, the styles and the demo page.
#[must_use]
pub fn dist() -> PathBuf {
    named("MAQAL_E2E_DIST", "the built page")
}

/// The same, as it is published: small, and by more tools.
#[must_use]
pub fn release() -> PathBuf {
    named("MAQAL_E2E_RELEASE", "the page as it is published")
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

/// The browser.
#[must_use]
pub fn chromium() -> PathBuf {
    named("MAQAL_E2E_CHROMIUM", "the browser")
}

/// The script of axe-core.
#[must_use]
pub fn axe() -> PathBuf {
    named("MAQAL_E2E_AXE", "axe-core's script")
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
