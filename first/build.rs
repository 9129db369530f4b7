//! How the small modules are linked; `markup/` is linked so too.

/// Their stack, in bytes. The compiler's usual megabyte is more than all else that they hold.
const STACK: u32 = 128 * 1024;

fn main() {
    println!("cargo::rerun-if-env-changed=CARGO_CFG_TARGET_ARCH");
    if std::env::var_os("CARGO_CFG_TARGET_ARCH").is_some_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size={STACK}");
    }
}
