//! Which files of tests run in which engine. Chromium runs every one; the others run all that are not left out here, by name and
//! with the reason.

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
}

/// The browser tests.
pub const BROWSER_TESTS: Files = Files {
    folder: "tests",
    left_out: &[("listen", &[WebKit], "one of its tests waits for a scroll that does not come there")],
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
};

const BOTH: &[Engine] = &[Firefox, WebKit];

impl Files {
    /// The files that run in `engine`.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn run_in(&self, engine: Engine, site: &Site) -> Result<Vec<String>> {
        let left_out =
            |name: &str| self.left_out.iter().any(|(file, engines, _)| *file == name && engines.contains(&engine));
        Ok(self.all(site)?.into_iter().filter(|name| !left_out(name)).collect())
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
    use super::{BROWSER_TESTS, END_TO_END_TESTS, Engine, Site};

    #[test]
    fn what_is_left_out_is_there_and_the_rest_runs() {
        let site = Site::find().unwrap();
        for files in [BROWSER_TESTS, END_TO_END_TESTS] {
            let all = files.all(&site).unwrap();
            for (file, engines, why) in files.left_out {
                assert!(all.iter().any(|name| name == file), "{file}");
                assert!(!engines.is_empty() && !why.is_empty(), "{file}");
            }
            for engine in Engine::ALL {
                let run = files.run_in(engine, &site).unwrap();
                let out = files.left_out(engine);
                assert!(!run.is_empty() && run.len() + out.len() == all.len(), "{run:?} {out:?}");
            }
        }
    }
}
