//! Which files of tests run in which engine. Chromium runs every one; the others run all that are not left out here, by name and
//! with the reason. Where no engine is asked for, what is much the same in each of them runs in Chromium alone: all of it in all
//! three takes twice as long as anybody waits for.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    engine::Engine::{self, Firefox, WebKit},
    site::Site,
};

/// A folder of test files, and what some engines leave out of it.
#[derive(Debug)]
pub struct Files {
    folder: &'static str,
    /// File, engines that do not run it, and why.
    left_out: &'static [(&'static str, &'static [Engine], &'static str)],
    /// Files that run in the other engines where one is asked for: what they test of a browser is much the same in each.
    on_request: &'static [&'static str],
}

/// How much of the tests runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What differs from engine to engine.
    Usual,
    /// All that the engine can run.
    Whole,
}

/// The browser tests.
pub const BROWSER_TESTS: Files = Files {
    folder: "tests",
    left_out: &[("listen", &[WebKit], "one of its tests waits for a scroll that does not come there")],
    on_request: &[],
};

/// The end-to-end tests.
pub const END_TO_END_TESTS: Files = Files {
    folder: "e2e/tests",
    left_out: &[
        (
            "accessibility",
            BOTH,
            "axe-core's verdict is of the document and takes minutes; the measures run in each engine",
        ),
        ("accessibility_tree", BOTH, "the trees that are kept are Chromium's"),
        ("article_layout_shift", BOTH, "only Chromium tells what moves"),
        ("fault_matrix", BOTH, "thousands of faults between card and endpoint; endpoint_faults has each kind once"),
        ("look", BOTH, "the pictures that are kept are Chromium's"),
        ("mount_unmount", BOTH, "it rests on Chromium's counters of what is left in memory"),
        ("package", BOTH, "most of it is compilers and bundlers"),
        ("playground", BOTH, "it tests what code the workshop writes"),
        ("recipes_blogger", BOTH, "it tests the recipe's files"),
        ("recipes_frameworks", BOTH, "most of it is compilers"),
        ("recipes_ghost", BOTH, "it tests the recipe's files"),
        ("recipes_hugo", BOTH, "it tests the recipe's files"),
        ("recipes_told", BOTH, "it tests the recipes' files"),
        ("recipes_wordpress", BOTH, "it tests the recipe's plugin"),
    ],
    on_request: &[
        "accessibility_measures",
        "article_fold",
        "article_listen",
        "article_sources",
        "article_sources_network",
        "article_width",
        "bad_input",
        "counts",
        "demo_page",
        "endpoint_faults",
        "host_page",
        "host_scripts",
        "hostile_markup",
        "idempotency",
        "identity",
        "languages",
        "recipes_html",
        "threads",
        "typed_text",
    ],
};

const BOTH: &[Engine] = &[Firefox, WebKit];

impl Files {
    /// The files that run in `engine`.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run_in(&self, engine: Engine, extent: Extent, site: &Site) -> Result<Vec<String>> {
        let is_usual = extent == Extent::Usual && engine != Engine::Chromium;
        let left_out = |name: &str| {
            self.left_out.iter().any(|(file, engines, _)| *file == name && engines.contains(&engine))
                || is_usual && self.on_request.contains(&name)
        };
        Ok(self.all(site)?.into_iter().filter(|name| !left_out(name)).collect())
    }

    /// The files that run in each engine where one is asked for, and else in Chromium alone.
    pub const fn on_request(&self) -> &'static [&'static str] {
        self.on_request
    }

    /// The files that do not run in `engine`, a line each that says why.
    pub fn left_out(&self, engine: Engine) -> Vec<String> {
        let out = self.left_out.iter().filter(|(_, engines, _)| engines.contains(&engine));
        out.map(|(file, _, why)| format!("{}/{file}: {why}", self.folder)).collect()
    }

    fn all(&self, site: &Site) -> Result<Vec<String>> {
        let folder = site.root.join(self.folder);
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mut names: Vec<_> = entries
            .flatten()
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
            .collect();
        names.sort();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::{BROWSER_TESTS, END_TO_END_TESTS, Engine, Extent, Site};

    #[test]
    fn what_is_left_out_is_there_and_the_rest_runs() {
        let site = Site::find().unwrap();
        for files in [BROWSER_TESTS, END_TO_END_TESTS] {
            let all = files.all(&site).unwrap();
            for (file, engines, why) in files.left_out {
                assert!(all.iter().any(|name| name == file), "{file}");
                assert!(!engines.is_empty() && !why.is_empty(), "{file}");
            }
            for file in files.on_request {
                assert!(all.iter().any(|name| name == file), "{file}");
                assert!(files.left_out.iter().all(|(name, ..)| name != file), "{file}");
            }
            for engine in Engine::ALL {
                let run = files.run_in(engine, Extent::Whole, &site).unwrap();
                let out = files.left_out(engine);
                assert!(!run.is_empty() && run.len() + out.len() == all.len(), "{run:?} {out:?}");
            }
        }
    }
}
