//! `bench`: what conversations cost a reader on a slow device, in the end-to-end tests' browser.

use anyhow::Result;

use crate::{
    cli::Measured,
    end_to_end::Built,
    engine::Engine,
    page::Profile,
    process,
    setup::{self, Need},
    site::Site,
    tools::bench_peers::BenchPeers,
};

/// Builds the released widget (beside others the one that is published) and what is around it, measures, and prints the tables.
///
/// # Errors
/// When a tool cannot be installed, or a build or the measuring fails.
pub fn run(site: &Site, part: Option<Measured>, runs: Option<u32>, comments: Option<u32>) -> Result<()> {
    let with_peers = part.is_none_or(|part| matches!(part, Measured::Peers | Measured::Growth));
    let ready = setup::ensure(site, if with_peers { Need::Peers } else { Need::Test(Some(Engine::Chromium)) })?;
    let mut cargo = Built::new(site, &ready, if with_peers { Profile::Distribution } else { Profile::Release })?
        .cargo(site, &ready, Engine::Chromium)?;
    if with_peers {
        cargo.env("MAQAL_E2E_PEERS", ready.path_of(&BenchPeers)?);
    }
    cargo.args(["run", "--package", "maqal-e2e", "--bin", "bench", "--"]);
    cargo.args(part.map(Measured::word));
    for (option, number) in [("--runs", runs), ("--comments", comments)] {
        if let Some(number) = number {
            cargo.args([option, &number.to_string()]);
        }
    }
    process::run(&mut cargo)
}
