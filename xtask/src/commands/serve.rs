//! `serve`: the demo page by Trunk, with the reference endpoint behind it, until Ctrl-C.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    child::Running,
    cli::ENDPOINT_PORT,
    endpoint,
    interrupt::Interrupt,
    page, port, progress,
    setup::{self, Need},
    site::Site,
};

/// How long the endpoint may take to open its database.
const ENDPOINT_LIMIT: Duration = Duration::from_secs(30);
/// How often we look whether one of the two has ended.
const TICK: Duration = Duration::from_millis(300);

/// Serves until the user interrupts, which is the good end.
///
/// # Errors
/// When something cannot be installed, built or started, or one of the two ends by itself.
pub fn run(site: &Site, page_port: u16, endpoint_port: u16) -> Result<()> {
    port::require_free(page_port, "--port")?;
    port::require_free(endpoint_port, "--endpoint-port")?;
    let ready = setup::ensure(site, Need::Serve)?;
    let interrupt = Interrupt::listen()?;

    progress::heading("The endpoint");
    Running::start("the endpoint's build", &mut endpoint::build(site, &ready)?)?.finish(&interrupt)?;
    let mut command = ready.command(site, &endpoint::program()?.to_string_lossy())?;
    command.args(["--listen", &format!("127.0.0.1:{endpoint_port}")]).arg("--database").arg(site.database());
    for host in ["127.0.0.1", "localhost"] {
        command.args(["--allow-origin", &format!("http://{host}:{page_port}")]);
    }
    let mut server = Running::start("the endpoint", &mut command)?;
    server.wait_until(&interrupt, Some(ENDPOINT_LIMIT), || port::answers(endpoint_port, "/health"))?;

    progress::heading("The page (the first build takes some minutes)");
    let config = Config::for_endpoint(site, endpoint_port)?;
    let mut command = page::trunk(site, &ready, &["serve", "--port", &page_port.to_string()])?;
    if let Some(config) = &config {
        command.arg("--config").arg(&config.0);
    }
    let mut trunk = Running::start("trunk serve", &mut command)?;
    trunk.wait_until(&interrupt, None, || port::answers(page_port, "/"))?;

    println!("\nThe demo page:  http://127.0.0.1:{page_port}/");
    println!("Its endpoint:   http://127.0.0.1:{endpoint_port}/api/comments (database: {})", site.database().display());
    println!("Ctrl-C ends both.\n");
    watch(&interrupt, &mut [&mut server, &mut trunk])
}

fn watch(interrupt: &Interrupt, running: &mut [&mut Running]) -> Result<()> {
    loop {
        for program in &mut *running {
            if let Some(status) = program.ended()? {
                bail!("{} ended ({status}), so the other was stopped too", program.name());
            }
        }
        if interrupt.pause(TICK).is_err() {
            println!("Stopping.");
            return Ok(());
        }
    }
}

/// A copy of Trunk.toml that proxies to another port, removed when dropped. Trunk cannot be told so on its command line: a proxy given
/// there is added to the one of the same path in the file. It lies beside Trunk.toml because Trunk takes paths from there.
struct Config(PathBuf);

impl Config {
    fn for_endpoint(site: &Site, endpoint_port: u16) -> Result<Option<Self>> {
        if endpoint_port == ENDPOINT_PORT {
            return Ok(None);
        }
        let original = site.root.join("Trunk.toml");
        let text = fs::read_to_string(&original).with_context(|| format!("cannot read {}", original.display()))?;
        let text = with_endpoint_port(&text, endpoint_port)
            .with_context(|| format!("{} has no proxy to port {ENDPOINT_PORT}", original.display()))?;
        let path = site.root.join("Trunk.port.toml");
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Some(Self(path)))
    }
}

impl Drop for Config {
    fn drop(&mut self) {
        let path: &Path = &self.0;
        if let Err(error) = fs::remove_file(path) {
            eprintln!("cannot remove {}: {error}", path.display());
        }
    }
}

fn with_endpoint_port(config: &str, endpoint_port: u16) -> Option<String> {
    let old = format!("\"http://127.0.0.1:{ENDPOINT_PORT}/");
    config.contains(&old).then(|| config.replace(&old, &format!("\"http://127.0.0.1:{endpoint_port}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checkouts_trunk_toml_can_be_pointed_at_another_endpoint() {
        let config = include_str!("../../../Trunk.toml");
        let changed = with_endpoint_port(config, 9001).unwrap();
        assert!(changed.contains("backend = \"http://127.0.0.1:9001/api/\"") && !changed.contains("8787"));
    }

    #[test]
    fn a_file_without_the_proxy_is_not_taken_silently() {
        assert_eq!(with_endpoint_port("[serve]\nport = 8080\n", 9001), None);
    }
}
