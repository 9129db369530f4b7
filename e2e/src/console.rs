//! The lines of a browser's console, in each engine by the way that there is.

use serde_json::{Value, json};

use crate::browser::Vendor;

/// A line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO`.
    pub level: String,
    /// The message, with the place it came from before it.
    pub message: String,
}

impl ConsoleLine {
    /// Whether `text` is in it; drivers may quote that, as a script does.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        let bare = |text: &str| unquoted(text).replace('\\', "");
        bare(&self.message).contains(&bare(text))
    }
}

/// The text with what a script writes as `\xA0` or `\u202E`.
fn unquoted(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let length = match rest[at + 1..].chars().next() {
            Some('x') => 2,
            Some('u') => 4,
            _ => 0,
        };
        let code = rest.get(at + 2..at + 2 + length).and_then(|code| u32::from_str_radix(code, 16).ok());
        let end = match code.and_then(char::from_u32) {
            Some(character) => {
                written.push_str(&rest[..at]);
                written.push(character);
                at + 2 + length
            }
            // A stroke of another kind.
            None => {
                written.push_str(&rest[..=at]);
                at + 1
            }
        };
        rest = &rest[end..];
    }
    written + rest
}

/// Where the driver gives no console, pages note theirs: what scripts say, what they throw, and what the policy forbids.
pub(crate) const COLLECTOR: &str = "window.consoleLines = [];
{
  const note = (level, ...said) => window.consoleLines.push([level, said.map(String).join(' ')]);
  for (const [name, level] of [['error', 'SEVERE'], ['warn', 'WARNING'], ['info', 'INFO'], ['log', 'INFO']]) {
    const original = console[name];
    console[name] = (...said) => { note(level, ...said); original.apply(console, said); };
  }
  addEventListener('error', (event) => note('SEVERE', 'Uncaught', event.message));
  addEventListener('unhandledrejection', (event) => note('SEVERE', 'Uncaught (in promise)', event.reason));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    note('SEVERE', `Content Security Policy: ${violatedDirective} forbids ${blockedURI}`));
}
";

/// Asks chromedriver for the lines since it was last asked.
pub(crate) fn chromedrivers() -> Vendor {
    Vendor { path: "se/log", body: json!({ "type": "browser" }) }
}

/// What chromedriver tells of a line.
pub(crate) fn of_chromedriver(line: &Value) -> ConsoleLine {
    ConsoleLine {
        level: line["level"].as_str().unwrap_or_default().to_owned(),
        // The driver escapes it, as a page of HTML might have to.
        message: line["message"].as_str().unwrap_or_default().replace("\\u003C", "<"),
    }
}

/// What scripts said in Firefox, of what it has written: `console.error: "…"`, and further lines of the same.
pub(crate) fn of_firefox(output: &[String]) -> Vec<ConsoleLine> {
    let mut lines: Vec<ConsoleLine> = Vec::new();
    let mut goes_on = false;
    for line in output {
        let begins = [("error", "SEVERE"), ("warn", "WARNING"), ("info", "INFO"), ("log", "INFO")]
            .into_iter()
            .find_map(|(name, level)| Some((level, line.strip_prefix(&format!("console.{name}: "))?)));
        match begins {
            Some((level, message)) => {
                lines.push(ConsoleLine { level: level.to_owned(), message: message.trim_matches('"').to_owned() });
                goes_on = true;
            }
            // Lines of the browser's own begin so, or with the time and the part that speaks.
            None if line.starts_with("JavaScript ") || line.starts_with('[') || line.contains('\t') => goes_on = false,
            None if goes_on => {
                if let Some(last) = lines.last_mut() {
                    last.message.push('\n');
                    last.message.push_str(line);
                }
            }
            None => {}
        }
    }
    // What the browser says of its own files is no page's affair.
    lines.retain(|line| !line.message.contains("resource://"));
    lines
}

/// What a page has noted by [`COLLECTOR`].
pub(crate) fn of_page(noted: &Value) -> Vec<ConsoleLine> {
    let line = |line: &Value| ConsoleLine {
        level: line[0].as_str().unwrap_or_default().to_owned(),
        message: line[1].as_str().unwrap_or_default().to_owned(),
    };
    noted.as_array().into_iter().flatten().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{of_firefox, unquoted};

    #[test]
    fn what_a_driver_quotes_is_read_as_it_was_said() {
        assert_eq!(unquoted(r#"(\"\xA0\u202Ex\") \u \xZZ \"#), "(\\\"\u{a0}\u{202E}x\\\") \\u \\xZZ \\");
    }

    #[test]
    fn what_scripts_say_in_firefox_is_read_from_its_output() {
        let output = [
            "1795720255187\tMarionette\tINFO\tMarionette enabled",
            "console.error: \"maqal: this\"",
            "JavaScript error: http://a/b.js, line 1: Error: boo",
            "console.warn: two",
            "lines",
            "console.error: Loader:",
            "  load@resource://of/the/browser.mjs:1",
        ];
        let lines = of_firefox(&output.map(str::to_owned));
        let read: Vec<_> = lines.iter().map(|line| (line.level.as_str(), line.message.as_str())).collect();
        assert_eq!(read, [("SEVERE", "maqal: this"), ("WARNING", "two\nlines")]);
    }
}
