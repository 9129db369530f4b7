//! The command line.

use std::path::PathBuf;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::{engine::Engine, page::Profile};

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <task>: what is missing is installed first.

  serve                the demo page with its endpoint, until Ctrl-C
    --port <n>             the page's port (8080)
    --endpoint-port <n>    the endpoint's port (8787)
  build                dist/, ready for any static host
    --dev                  quicker to build, and many times as large
    --distribution         as small as it gets: with a standard library of its own, in some minutes
  test [part]          all tests, or one part: native, browser, e2e
    --engine <name>        in one browser engine: chromium, firefox, webkit (each of them)
    --bless                accepts how the card looks and what its accessibility tree says: the pictures in
                           docs/pictures/states and the trees in e2e/snapshots are written anew (then read the diff)
  package [--dist <folder>]
                       the npm package, in the target folder: from a release, or from a dist/ that was built before
  size                 builds dist/; raw, gzip and brotli size of each file in it
    --distribution         of the smallest build
    --dist <folder>        of one that was built before
    --check                fails where a card weighs more than size-budget.json allows
    --document             writes docs/weight.md: both builds, and which module the code comes from
  bench [part]         what conversations cost a reader on a slow device: a table; or one part: pages, one-page, loaded
                       (a quarter of an hour in all), peers: other widgets beside Maqal, and growth: with more
                       comments, cards and paragraphs. These two take hours and write docs/benchmark.md and
                       docs/pictures/bench
    --runs <n>             how often peers and growth measure each (peers 5, 3 for long conversations; growth 3)
    --comments <n>         peers for conversations of this length only: 20, 1000, 10000
  stage                Trunk's hook after a build: finishes the widget's files in the folder that it names
  shots                pictures of the card, by the end-to-end tests' browser
  doctor [--mend]      what is installed, what is missing and how to mend it
    --mend                 installs what is missing
";

/// The port of the demo page.
pub const PORT: u16 = 8080;
/// The port of the reference endpoint, as in Trunk.toml.
pub const ENDPOINT_PORT: u16 = 8787;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Print [`HELP`].
    Help,
    /// Serve the demo page and the endpoint.
    Serve {
        /// Of the page.
        port: u16,
        /// Of the endpoint.
        endpoint_port: u16,
    },
    /// Build `dist/`.
    Build(Profile),
    /// Run the tests.
    Test {
        /// One part; without it all.
        part: Option<Part>,
        /// The engine of the browser and end-to-end tests; without it each.
        engine: Option<Engine>,
        /// Write what is kept of the card's looks and accessibility anew, and do not compare it.
        bless: bool,
    },
    /// Finish what Trunk has built (its hook calls this).
    Stage,
    /// Put the npm package together.
    Package {
        /// From this build; without it from a release.
        dist: Option<PathBuf>,
    },
    /// Measure a build.
    Size {
        /// Which one is built, or was.
        profile: Profile,
        /// The folder of one that was built before.
        dist: Option<PathBuf>,
        /// Hold it to its budget.
        check: bool,
        /// Write the document in place of all that.
        document: bool,
    },
    /// Measure the opening of conversations and what they are like when all is loaded, or one of these.
    Bench {
        /// One part; without it all.
        part: Option<Measured>,
        /// How often each of the peers is measured; without it as often as is usual.
        runs: Option<u32>,
        /// The length of the peers' conversations; without it each.
        comments: Option<u32>,
    },
    /// Take pictures.
    Shots,
    /// Look at the tools.
    Doctor {
        /// Install what is missing first.
        mend: bool,
    },
}

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Unit tests and the server's tests, on this machine.
    Native,
    /// The widget's tests in a browser, by wasm-pack.
    Browser,
    /// A real browser, page and endpoint.
    EndToEnd,
}

/// A part of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// The first page of conversations of several lengths.
    Pages,
    /// Many comments in one answer.
    OnePage,
    /// A long conversation, all of it loaded.
    Loaded,
    /// Other widgets beside Maqal.
    Peers,
    /// How all that is measured of a visit grows.
    Growth,
}

impl Measured {
    /// Its word on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::OnePage => "one-page",
            Self::Loaded => "loaded",
            Self::Peers => "peers",
            Self::Growth => "growth",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Pages, Self::OnePage, Self::Loaded, Self::Peers, Self::Growth]
            .into_iter()
            .find(|part| part.word() == word)
    }
}

/// Reads the command line.
///
/// # Errors
/// On an unknown task or option, or one that does not belong to the task, naming it.
pub fn parse(mut parser: lexopt::Parser) -> Result<Task> {
    let mut words: Vec<String> = Vec::new();
    let (mut mend, mut bless, mut port, mut endpoint_port, mut dist) = (false, false, None, None, None);
    let (mut profile, mut check, mut document) = (Profile::Release, false, false);
    let (mut engine, mut runs, mut comments) = (None, None, None);
    while let Some(argument) = parser.next()? {
        let task = words.first().map(String::as_str);
        match argument {
            Long("help") | Short('h') => return Ok(Task::Help),
            Long("mend") if task == Some("doctor") => mend = true,
            Long("engine") if task == Some("test") => {
                let word = parser.value()?.string()?;
                let Some(named) = Engine::from_word(&word) else {
                    bail!("there is no engine `{word}`: it is {}", Engine::ALL.map(Engine::word).join(", "));
                };
                engine = Some(named);
            }
            Long("bless") if task == Some("test") => bless = true,
            Long("dev") if task == Some("build") => profile = Profile::Dev,
            Long("distribution") if matches!(task, Some("build" | "size")) => profile = Profile::Distribution,
            Long("check") if task == Some("size") => check = true,
            Long("document") if task == Some("size") => document = true,
            Long("dist") if matches!(task, Some("package" | "size")) => dist = Some(PathBuf::from(parser.value()?)),
            Long("runs") if task == Some("bench") => runs = Some(parser.value()?.parse()?),
            Long("comments") if task == Some("bench") => comments = Some(parser.value()?.parse()?),
            Long("port") if task == Some("serve") => port = Some(parser.value()?.parse()?),
            Long("endpoint-port") if task == Some("serve") => endpoint_port = Some(parser.value()?.parse()?),
            Value(word) => words.push(word.string()?),
            _ => return Err(argument.unexpected().into()),
        }
    }
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] | ["help"] => Ok(Task::Help),
        ["serve"] => {
            let (port, endpoint_port) = (port.unwrap_or(PORT), endpoint_port.unwrap_or(ENDPOINT_PORT));
            if port == endpoint_port {
                bail!("the page and the endpoint cannot share port {port}");
            }
            Ok(Task::Serve { port, endpoint_port })
        }
        ["build"] => Ok(Task::Build(profile)),
        ["test"] => Ok(Task::Test { part: None, engine, bless }),
        ["test", "native"] => Ok(Task::Test { part: Some(Part::Native), engine, bless }),
        ["test", "browser"] => Ok(Task::Test { part: Some(Part::Browser), engine, bless }),
        ["test", "e2e"] => Ok(Task::Test { part: Some(Part::EndToEnd), engine, bless }),
        ["stage"] => Ok(Task::Stage),
        ["package"] => Ok(Task::Package { dist }),
        ["size"] => Ok(Task::Size { profile, dist, check, document }),
        ["bench"] => Ok(Task::Bench { part: None, runs, comments }),
        ["bench", word] if Measured::from_word(word).is_some() => {
            Ok(Task::Bench { part: Measured::from_word(word), runs, comments })
        }
        ["shots"] => Ok(Task::Shots),
        ["doctor"] => Ok(Task::Doctor { mend }),
        words => bail!("there is no task `{}`; `cargo xtask help` lists them", words.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &[&str]) -> Result<Task> {
        parse(lexopt::Parser::from_args(words))
    }

    #[test]
    fn each_task_of_the_help_is_understood() {
        assert_eq!(parse_words(&[]).unwrap(), Task::Help);
        assert_eq!(parse_words(&["serve"]).unwrap(), Task::Serve { port: 8080, endpoint_port: 8787 });
        assert_eq!(
            parse_words(&["serve", "--port", "9000", "--endpoint-port=9001"]).unwrap(),
            Task::Serve { port: 9000, endpoint_port: 9001 }
        );
        assert_eq!(parse_words(&["build"]).unwrap(), Task::Build(Profile::Release));
        assert_eq!(parse_words(&["build", "--dev"]).unwrap(), Task::Build(Profile::Dev));
        assert_eq!(parse_words(&["build", "--distribution"]).unwrap(), Task::Build(Profile::Distribution));
        assert_eq!(parse_words(&["test"]).unwrap(), Task::Test { part: None, engine: None, bless: false });
        assert_eq!(
            parse_words(&["test", "e2e", "--bless"]).unwrap(),
            Task::Test { part: Some(Part::EndToEnd), engine: None, bless: true }
        );
        assert_eq!(
            parse_words(&["test", "browser", "--engine", "webkit"]).unwrap(),
            Task::Test { part: Some(Part::Browser), engine: Some(Engine::WebKit), bless: false }
        );
        assert_eq!(parse_words(&["package"]).unwrap(), Task::Package { dist: None });
        assert_eq!(parse_words(&["package", "--dist", "d"]).unwrap(), Task::Package { dist: Some("d".into()) });
        let size = |profile, dist, check| Task::Size { profile, dist, check, document: false };
        assert_eq!(parse_words(&["size"]).unwrap(), size(Profile::Release, None, false));
        assert_eq!(parse_words(&["size", "--distribution"]).unwrap(), size(Profile::Distribution, None, false));
        assert_eq!(
            parse_words(&["size", "--check", "--dist", "d"]).unwrap(),
            size(Profile::Release, Some("d".into()), true)
        );
        assert_eq!(parse_words(&["bench"]).unwrap(), Task::Bench { part: None, runs: None, comments: None });
        assert_eq!(
            parse_words(&["bench", "one-page"]).unwrap(),
            Task::Bench { part: Some(Measured::OnePage), runs: None, comments: None }
        );
        assert_eq!(
            parse_words(&["bench", "peers", "--runs", "3", "--comments", "20"]).unwrap(),
            Task::Bench { part: Some(Measured::Peers), runs: Some(3), comments: Some(20) }
        );
        assert_eq!(parse_words(&["doctor", "--mend"]).unwrap(), Task::Doctor { mend: true });
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(parse_words(&["test", "--engine", "trident"]).unwrap_err().to_string().contains("`trident`"));
        assert!(parse_words(&["bench", "all"]).unwrap_err().to_string().contains("`bench all`"));
        assert!(parse_words(&["test", "all"]).unwrap_err().to_string().contains("`test all`"));
        assert!(parse_words(&["build", "--port", "1"]).unwrap_err().to_string().contains("--port"));
        assert!(parse_words(&["serve", "--port", "many"]).is_err());
    }

    #[test]
    fn the_page_and_the_endpoint_cannot_share_a_port() {
        assert!(parse_words(&["serve", "--port", "8787"]).unwrap_err().to_string().contains("8787"));
    }
}
