//! WordPress itself, with the plugin of the recipe: PHP's own web server before it, and MariaDB behind it on a folder of its
//! own. All of it starts in seconds and is gone with the test.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::browser::Browser;
use crate::child::Child;
use crate::{environment, recipe};

/// The files that a folder of WordPress gets, beside the plugin. The theme's pages of a post are nothing but the card.
const FILES: [(&str, &str); 7] = [
    ("settings.php", include_str!("wordpress/settings.php")),
    ("router.php", include_str!("wordpress/router.php")),
    ("install.php", include_str!("wordpress/install.php")),
    ("content/themes/site/style.css", "/*\nTheme Name: Site\n*/\n"),
    (
        "content/themes/site/templates/index.html",
        "<!-- wp:query --><div class=\"wp-block-query\"><!-- wp:post-template --><!-- wp:post-title {\"isLink\":true} /--><!-- /wp:post-template --></div><!-- /wp:query -->",
    ),
    ("content/themes/site/templates/single.html", "<!-- wp:maqal/card /-->"),
    ("content/themes/site/templates/page.html", "<!-- wp:post-title /--><!-- wp:post-content /-->"),
];

/// A site.
#[derive(Debug)]
pub struct WordPress {
    // Before the folder: processes that write there must be gone first.
    _php: Child,
    _database: Child,
    origin: String,
    folder: TempDir,
}

impl WordPress {
    /// An installed site, with the plugin active and nothing set.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, text) in FILES {
            write(&folder.path().join(name), text);
        }
        let root = crate::project::checkout().join("recipes/wordpress");
        for file in recipe::files(&root) {
            let name = file.strip_prefix(&root).expect("it is below it");
            let text = fs::read_to_string(&file).expect("a recipe can be read");
            write(&folder.path().join("content/plugins").join(name), &text);
        }
        let database = start_database(folder.path()).await;
        let (php, origin) = start_php(folder.path()).await;
        let site = Self { _php: php, _database: database, origin, folder };
        let said = site.php(&[folder_of(&site).join("install.php").as_os_str()]);
        assert_eq!(said, "", "WordPress is installed without a word");
        site
    }

    /// The origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of `path`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Runs `code` in PHP, within WordPress and as nobody in particular, and gives what it prints.
    #[must_use]
    pub fn run(&self, code: &str) -> String {
        let code = format!("require getenv('MAQAL_E2E_WORDPRESS') . '/wp-load.php';\n{code}");
        self.php(&["-r".as_ref(), code.as_ref()])
    }

    /// Publishes a post of `kind` (`post`, `page`) with this name in its address, as the owner, who may post what he likes.
    pub fn publish(&self, kind: &str, name: &str, title: &str, content: &str) {
        self.publish_as(1, kind, name, title, content);
    }

    /// As [`publish`](Self::publish), by the user of that number; what that of 0 posts, WordPress filters.
    pub fn publish_as(&self, user: u32, kind: &str, name: &str, title: &str, content: &str) {
        // As JSON, which PHP reads: nothing in it ends a string.
        let post = serde_json::json!({
            "post_type": kind, "post_name": name, "post_title": title, "post_content": content, "post_status": "publish", "post_author": 1,
        });
        let file = self.folder.path().join("post.json");
        write(&file, &post.to_string());
        let said = self.run(&format!(
            "wp_set_current_user({user});
            $id = wp_insert_post(wp_slash(json_decode(file_get_contents('{}'), true)), true);
            if (is_wp_error($id)) echo $id->get_error_message();",
            file.display()
        ));
        assert_eq!(said, "", "the post is stored");
    }

    /// Logs the reader in, as who has installed the site.
    pub async fn log_in(&self, reader: &Browser) {
        reader.open(&self.url("/wp-login.php")).await;
        let script = "document.querySelector('#user_login').value = 'admin';
            document.querySelector('#user_pass').value = 'password';
            document.querySelector('#wp-submit').click()";
        reader.run(script, vec![]).await;
        reader.until("the dashboard is there", "return Boolean(document.querySelector('#wpadminbar'))").await;
    }

    /// What PHP complained of in the plugin so far, one line each.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("debug.log")).unwrap_or_default();
        log.lines()
            .filter(|line| line.contains("plugins/maqal") || line.contains("maqal_"))
            .map(str::to_owned)
            .collect()
    }

    fn php(&self, arguments: &[&OsStr]) -> String {
        let mut command = Command::new(environment::php());
        command.args(arguments).envs(variables(self.folder.path()));
        if let Some(host) = self.origin.strip_prefix("http://") {
            command.env("HTTP_HOST", host);
        }
        let output = command.output().expect("PHP can be started");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "PHP says:\n{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }
}

fn folder_of(site: &WordPress) -> &Path {
    site.folder.path()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

fn variables(folder: &Path) -> [(&'static str, OsString); 3] {
    [
        ("MAQAL_E2E_WORDPRESS", environment::wordpress().into()),
        ("MAQAL_E2E_WORDPRESS_SETTINGS", folder.join("settings.php").into()),
        // An answer may ask for another page of the site.
        ("PHP_CLI_SERVER_WORKERS", "4".into()),
    ]
}

/// Starts `arguments` with what it writes to standard error beside what it prints, as these servers say that they are ready.
async fn start<T: Send + 'static>(
    arguments: Vec<OsString>,
    log: &Path,
    ready: impl Fn(&str) -> Option<T> + Send + 'static,
) -> (Child, T) {
    let shell = ["-c".into(), "exec \"$@\" 2>&1".into(), "sh".into()].into_iter().chain(arguments);
    let shell: Vec<OsString> = shell.collect();
    let shell: Vec<&OsStr> = shell.iter().map(OsString::as_os_str).collect();
    Child::start(Path::new("/bin/sh"), &shell, log, ready).await.unwrap_or_else(|why| panic!("{why}"))
}

/// A server on an empty folder, for whoever may read the folder: there are no users in it.
async fn start_database(folder: &Path) -> Child {
    let data = folder.join("data");
    fs::create_dir(&data).expect("a folder can be made");
    let named = |option: &str, path: &Path| {
        let mut named = OsString::from(option);
        named.push(path);
        named
    };
    let mut arguments = vec![environment::mariadb().into(), "--no-defaults".into()];
    arguments.extend([
        named("--datadir=", &data),
        named("--socket=", &folder.join("socket")),
        named("--pid-file=", &folder.join("pid")),
        named("--tmpdir=", folder),
    ]);
    arguments.extend(
        [
            "--skip-networking",
            "--skip-grant-tables",
            "--user=root",
            "--innodb-log-file-size=8M",
            "--innodb-flush-log-at-trx-commit=0",
        ]
        .map(OsString::from),
    );
    let ready = |line: &str| line.contains("ready for connections").then_some(());
    start(arguments, &folder.join("database.log"), ready).await.0
}

async fn start_php(folder: &Path) -> (Child, String) {
    let mut arguments = vec!["env".into()];
    for (name, value) in variables(folder) {
        let mut set = OsString::from(format!("{name}="));
        set.push(value);
        arguments.push(set);
    }
    arguments.extend([environment::php().into(), "-S".into(), "127.0.0.1:0".into(), "-t".into()]);
    arguments.extend([environment::wordpress().into(), folder.join("router.php").into()]);
    let ready = |line: &str| {
        let (_, rest) = line.split_once("Development Server (")?;
        Some(rest.split_once(") started")?.0.to_owned())
    };
    start(arguments, &folder.join("php.log"), ready).await
}
