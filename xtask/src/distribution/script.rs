//! Scripts without what only people read: lines of comment, and indentation.
//!
//! That is done by lines, so it holds for scripts whose texts in backquotes stay within a line, as ours and wasm-bindgen's do.

use anyhow::{Result, bail};

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
