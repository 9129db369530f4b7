//! The command line and the environment, read into types that cannot be wrong.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::{BoolishValueParser, NonEmptyStringValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, value_parser};
use maqal_contract::limits::REQUEST_MAX_BYTES;
use tracing_subscriber::filter::Targets;

use crate::cors::AllowedOrigin;
use crate::identity_key::IdentityKey;
use crate::logging::LogFormat;

/// The shortest moderators' token, in bytes.
const MODERATOR_TOKEN_MIN: usize = 16;

/// The reference comment endpoint of Maqal.
#[derive(Clone, Debug, Parser)]
#[command(name = "maqal-server", version)]
pub struct Config {
    /// Where to listen. Port 0 takes a free one; standard output names it
    #[arg(long, env = "MAQAL_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    #[arg(value_parser = listen)]
    pub listen: SocketAddr,

    /// The SQLite file that keeps the comments; made where there is none
    #[arg(long, env = "MAQAL_DATABASE", value_name = "FILE", default_value = "maqal.db", value_parser = database)]
    pub database: PathBuf,

    /// An origin whose pages may use the endpoint, such as `https://news.example`; give it once for each, or `*` for
    /// every page. In the environment, commas stand between them
    #[arg(long = "allow-origin", env = "MAQAL_ALLOW_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    pub allow_origins: Vec<AllowedOrigin>,

    /// How long an author may change or delete a comment, counted from when it was stored; 0 for never
    #[arg(long, env = "MAQAL_EDIT_WINDOW", value_name = "SECONDS", default_value_t = 900)]
    pub edit_window: u32,

    /// Let no new comment be seen until a moderator publishes it; needs --moderator-token
    #[arg(long, env = "MAQAL_MODERATE", value_parser = BoolishValueParser::new())]
    pub moderate: bool,

    /// What a moderator sends as `Authorization: Bearer TOKEN`: 16 visible ASCII characters at least. Better in the
    /// environment, since a command line can be read by others
    #[arg(long, env = "MAQAL_MODERATOR_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub moderator_token: Option<ModeratorToken>,

    /// Readers whom the host page knows.
    #[command(flatten)]
    pub identities: Identities,

    /// How each line of the log is written
    #[arg(long, env = "MAQAL_LOG_FORMAT", value_name = "FORMAT", value_enum, default_value_t)]
    pub log_format: LogFormat,

    /// What is logged: a level, or `target=level` pairs with commas between them
    #[arg(long, env = "RUST_LOG", value_name = "FILTER", default_value = "info")]
    pub log: Targets,

    /// What one client, and all of them together, may ask for.
    #[command(flatten)]
    pub limits: Limits,

    /// Print the OpenAPI document and leave
    #[arg(long)]
    pub print_openapi: bool,
}

impl Config {
    /// [`Config::edit_window`] as a duration.
    #[must_use]
    pub fn edit_window(&self) -> Duration {
        Duration::from_secs(self.edit_window.into())
    }
}

/// Readers whom the host page knows: how their tokens are verified.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Readers whom the host page knows")]
pub struct Identities {
    /// The secret that the publisher's server signs readers' tokens with (HS256): 32 bytes at least. Better in the
    /// environment, since a command line can be read by others
    #[arg(long, env = "MAQAL_IDENTITY_SECRET", value_name = "SECRET", hide_env_values = true)]
    #[arg(value_parser = IdentityKey::from_secret, group = "identity_keys")]
    pub identity_secret: Option<IdentityKey>,

    /// The public key in PEM of what the publisher's server signs readers' tokens with: RSA (RS256), P-256 (ES256) or
    /// Ed25519 (EdDSA)
    #[arg(long, env = "MAQAL_IDENTITY_KEY", value_name = "FILE")]
    #[arg(value_parser = IdentityKey::from_file, group = "identity_keys")]
    pub identity_key: Option<IdentityKey>,

    /// Take only tokens whose `aud` names this audience, such as the endpoint's own address
    #[arg(long, env = "MAQAL_IDENTITY_AUDIENCE", value_name = "AUDIENCE", value_parser = NonEmptyStringValueParser::new())]
    pub identity_audience: Option<String>,

    /// Take new comments only from readers whom the host page knows
    #[arg(long, env = "MAQAL_REQUIRE_IDENTITY", value_parser = BoolishValueParser::new())]
    pub require_identity: bool,
}

impl Identities {
    /// The publisher's key, if there is one.
    #[must_use]
    pub fn key(&self) -> Option<&IdentityKey> {
        self.identity_secret.as_ref().or(self.identity_key.as_ref())
    }

    /// The option that means nothing without a key, where it is given and there is none.
    #[must_use]
    pub fn lacks_key(&self) -> Option<&'static str> {
        let needs = if self.require_identity { Some("--require-identity") } else { None };
        needs.or(self.identity_audience.as_ref().map(|_| "--identity-audience")).filter(|_| self.key().is_none())
    }
}

/// The options whose values are nobody's business: a refused one must not stand in a terminal or a journal.
const SECRETS: [&str; 2] = ["--moderator-token", "--identity-secret"];

impl Config {
    /// Reads the options and the environment.
    ///
    /// # Errors
    /// A sentence that names the option at fault, and its value unless that is secret; or the help that was asked for.
    pub fn read<I, T>(arguments: I) -> Result<Self, clap::Error>
    where
        I: IntoIterator<Item = T>,
        T: Into<std::ffi::OsString> + Clone,
    {
        Self::try_parse_from(arguments).map_err(|mut error| {
            let is_secret = matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(option))
                if SECRETS.iter().any(|secret| option.starts_with(secret)));
            if is_secret {
                error.insert(ContextKind::InvalidValue, ContextValue::String("…".to_owned()));
            }
            error
        })
    }
}

/// What makes a request a moderator's.
#[derive(Clone, PartialEq, Eq)]
pub struct ModeratorToken(String);

impl ModeratorToken {
    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The token itself must not get into a log.
impl fmt::Debug for ModeratorToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ModeratorToken(…)")
    }
}

impl FromStr for ModeratorToken {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if !text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
            Err("only visible ASCII characters fit into a header")
        } else if text.len() < MODERATOR_TOKEN_MIN {
            Err("it is too easy to guess; give 16 characters at least, such as a random UUID")
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

/// What one client, and all of them together, may ask for.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Comments, edits, deletions and reports that one address may send at once, before the rate applies; ten times as
    /// many likes and previews; 0 for no limit
    #[arg(long, env = "MAQAL_RATE_BURST", value_name = "COMMENTS", default_value_t = 20)]
    pub rate_burst: u32,

    /// The same, in a minute; 0 for no limit
    #[arg(long, env = "MAQAL_RATE_PER_MINUTE", value_name = "COMMENTS", default_value_t = 30)]
    pub rate_per_minute: u32,

    /// Take the client's address from the last entry of `X-Forwarded-For`. Only behind a proxy that appends it: anyone
    /// else could write there what he likes
    #[arg(long, env = "MAQAL_TRUST_FORWARDED_FOR", value_parser = BoolishValueParser::new())]
    pub trust_forwarded_for: bool,

    /// The largest request body that is taken, in bytes
    #[arg(long, env = "MAQAL_MAX_REQUEST_BYTES", value_name = "BYTES", default_value_t = REQUEST_MAX_BYTES as u32)]
    #[arg(value_parser = value_parser!(u32).range(1..=16 * 1024 * 1024))]
    pub max_request_bytes: u32,

    /// How long a request may take, the arrival of its body included
    #[arg(long, env = "MAQAL_REQUEST_TIMEOUT", value_name = "SECONDS", default_value_t = 15)]
    #[arg(value_parser = value_parser!(u32).range(1..=3600))]
    pub request_timeout: u32,

    /// Requests under way at one time; more are told to come back
    #[arg(long, env = "MAQAL_MAX_REQUESTS", value_name = "REQUESTS", default_value_t = 256)]
    #[arg(value_parser = value_parser!(u32).range(1..=65_536))]
    pub max_requests: u32,

    /// Pages that may listen to changes at one time (`/stream`); more are told to ask now and then (`/changes`). Each
    /// takes a connection, beside those of requests
    #[arg(long, env = "MAQAL_MAX_STREAMS", value_name = "STREAMS", default_value_t = 1_000)]
    #[arg(value_parser = value_parser!(u32).range(0..=65_536))]
    pub max_streams: u32,

    /// How often a line goes to a page that listens while nothing happens, so that nothing on the way hangs up; less than
    /// a proxy's own timeout
    #[arg(long, env = "MAQAL_STREAM_HEARTBEAT", value_name = "SECONDS", default_value_t = 15)]
    #[arg(value_parser = value_parser!(u32).range(1..=3600))]
    pub stream_heartbeat: u32,

    /// How long requests under way may still take when the endpoint is asked to stop
    #[arg(long, env = "MAQAL_SHUTDOWN_GRACE", value_name = "SECONDS", default_value_t = 20)]
    #[arg(value_parser = value_parser!(u32).range(0..=3600))]
    pub shutdown_grace: u32,
}

impl Limits {
    /// [`Limits::request_timeout`] as a duration.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout.into())
    }

    /// [`Limits::stream_heartbeat`] as a duration.
    #[must_use]
    pub fn stream_heartbeat(&self) -> Duration {
        Duration::from_secs(self.stream_heartbeat.into())
    }

    /// [`Limits::shutdown_grace`] as a duration.
    #[must_use]
    pub fn shutdown_grace(&self) -> Duration {
        Duration::from_secs(self.shutdown_grace.into())
    }
}

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_bad| "expected an IP address and a port, such as 127.0.0.1:8787 or [::1]:8787".to_owned())
}

fn database(text: &str) -> Result<PathBuf, String> {
    let path = text.strip_prefix("sqlite:").map_or(text, |rest| rest.strip_prefix("//").unwrap_or(rest));
    if path.is_empty() {
        Err("expected the path of a file".to_owned())
    } else if path == ":memory:" {
        Err("comments must outlive the process; give the path of a file".to_owned())
    } else if path.contains("://") {
        Err("only SQLite is there so far; give the path of a file".to_owned())
    } else {
        Ok(path.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Config;
    use clap::Parser;
    use clap::error::ErrorKind;

    fn parse(arguments: &[&str]) -> Result<Config, clap::Error> {
        Config::try_parse_from(["maqal-server"].iter().chain(arguments))
    }

    #[test]
    fn without_options_it_listens_to_this_machine_and_no_page() {
        let config = parse(&[]).unwrap();
        assert!(config.listen.ip().is_loopback());
        assert!(config.allow_origins.is_empty());
    }

    #[test]
    fn origins_may_be_given_one_by_one_or_with_commas() {
        let one_by_one = parse(&["--allow-origin", "https://a.example", "--allow-origin", "https://b.example"]);
        let commas = parse(&["--allow-origin", "https://a.example,https://b.example"]);
        assert_eq!(one_by_one.unwrap().allow_origins, commas.unwrap().allow_origins);
    }

    #[test]
    fn a_wrong_value_is_refused_with_the_option_and_the_way_on() {
        for (arguments, option, way_on) in [
            (["--listen", "localhost"], "--listen", "such as 127.0.0.1:8787"),
            (["--listen", "127.0.0.1:99999"], "--listen", "such as 127.0.0.1:8787"),
            (["--database", ""], "--database", "expected the path of a file"),
            (["--database", ":memory:"], "--database", "give the path of a file"),
            (["--database", "postgres://db/maqal"], "--database", "only SQLite"),
            (["--allow-origin", "news.example"], "--allow-origin", "like https://news.example"),
            (["--rate-burst", "many"], "--rate-burst", "invalid digit"),
            (["--max-request-bytes", "0"], "--max-request-bytes", "1..="),
            (["--moderator-token", "short"], "--moderator-token", "16 characters"),
            (["--moderator-token", "رمز المشرفين الطويل"], "--moderator-token", "visible ASCII"),
            (["--identity-secret", "short"], "--identity-secret", "32 bytes"),
            (["--identity-secret", " a secret that is long enough indeed\n"], "--identity-secret", "white space"),
            (["--identity-key", "/nowhere/key.pem"], "--identity-key", "cannot be read"),
            (["--identity-audience", ""], "--identity-audience", "a value is required"),
            (["--edit-window", "1h"], "--edit-window", "invalid digit"),
            (["--log-format", "xml"], "--log-format", "text, json"),
            (["--log", "maqal=loud"], "--log", "invalid"),
        ] {
            let error = parse(&arguments).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue), "{arguments:?}");
            let sentence = error.to_string();
            assert!(sentence.contains(option) && sentence.contains(way_on), "{arguments:?}: {sentence}");
        }
    }

    #[test]
    fn a_refused_secret_is_not_told_again() {
        for option in super::SECRETS {
            let sentence = Config::read(["maqal-server", option, "hunter2"]).unwrap_err().to_string();
            assert!(sentence.contains(option) && !sentence.contains("hunter2"), "{sentence}");
        }
        let sentence = Config::read(["maqal-server", "--listen", "localhost"]).unwrap_err().to_string();
        assert!(sentence.contains("localhost"), "{sentence}");
    }
}
