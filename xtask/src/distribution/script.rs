//! Scripts without what only people read: lines of comment, and indentation.
//!
//! That is done by lines, so it holds for scripts whose texts in backquotes stay within a line, as ours and wasm-bindgen's do.
//! What is released esbuild makes smaller still.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// `script` without its comment lines and its indentation.
///
/// # Errors
/// On a text in backquotes that goes over several lines: its indentation is part of it.
pub fn lean(script: &str) -> Result<String> {
    let mut lean = String::new();
    let mut in_comment = false;
    for line in script.lines() {
        let line = line.trim();
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        if !line.matches('`').count().is_multiple_of(2) {
            bail!("a text in backquotes goes over several lines: {line}");
        }
        lean.push_str(line);
        lean.push('\n');
    }
    Ok(lean)
}

/// `script`, a module, as the program `esbuild` makes it smaller: without space, with short names of its own.
///
/// # Errors
/// When the program cannot be started, or does not take the script.
pub fn minified(script: &str, esbuild: &Path) -> Result<String> {
    // No newer syntax than is there: browsers are asked for what `docs/browsers.md` says.
    let mut child = Command::new(esbuild)
        .args(["--minify", "--format=esm", "--charset=utf8", "--log-level=warning"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started", esbuild.display()))?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(script.as_bytes()).context("esbuild does not listen")?;
    }
    let output = child.wait_with_output().context("esbuild did not end")?;
    if !output.status.success() {
        bail!("esbuild does not take a script: see above");
    }
    String::from_utf8(output.stdout).context("esbuild wrote no UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_all_else_stays() {
        let script = "/**\n * What it does.\n */\nexport function f() {\n    // Why.\n    return \"/* text */\"; // so\n}\n\n/* one line */\nf();\n";
        assert_eq!(lean(script).unwrap(), "export function f() {\nreturn \"/* text */\"; // so\n}\nf();\n");
    }

    #[test]
    fn a_text_over_several_lines_is_refused() {
        assert!(lean("const t = `a\n   b`;").is_err());
    }
}
