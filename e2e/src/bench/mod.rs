//! The benchmark of conversations: what their length costs a reader on a slow device. Times are measured here and in no
//! test.

pub mod conversation;
pub mod device;
pub mod files;
pub mod growth;
pub mod loaded;
pub mod opening;
pub mod page;
pub mod panels;
pub mod peers;
pub mod table;

use bytes::Bytes;
use http::Request;
use maqal_contract::Page;

use crate::client;
use crate::endpoint::{Endpoint, PATH};
use crate::host::Host;
use crate::http::Server;
use device::Events;
use opening::Opening;
use table::Table;

/// How often each opening is measured.
const RUNS: usize = 5;

/// The lengths of conversations.
const LENGTHS: [usize; 3] = [20, 1_000, 10_000];

/// Everything but the browser.
struct Bench {
    host: Host,
    endpoint: Endpoint,
    widget: Server,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// One part; everything where there is none.
    pub part: Option<String>,
    /// How often each of the peers is measured; as often as is usual where nobody says.
    pub runs: Option<usize>,
    /// The length of the peers' conversations; each where nobody says.
    pub comments: Option<usize>,
}

/// Measures what is wanted, writes what was measured of the peers into the documentation, and gives the table of the rest.
pub async fn run(wanted: &Wanted) -> Table {
    let wants = |name: &str| wanted.part.as_ref().is_none_or(|part| part == name);
    let wants_only_peers = wanted.part.is_some() && wants("peers");
    let host = Host::start().await;
    // Pages of two origins talk to it.
    let endpoint = Endpoint::start_with(&host.origin(), &["--allow-origin", "*"]).await;
    let bench = Bench { host, endpoint, widget: files::widget().await };
    let wants_growth = wants("growth");
    let lengths = if wants_growth { growth::COMMENTS.to_vec() } else { LENGTHS.to_vec() };
    for length in lengths.into_iter().filter(|length| !wants_only_peers || wanted.compares(*length)) {
        eprintln!("filling a conversation of {length} comments");
        conversation::fill(&bench.endpoint, &thread(length), length).await;
    }
    let mut table = Table::default();
    if wants("peers") {
        bench.peers(wanted).await;
    }
    if wants_growth {
        bench.growth(wanted).await;
    }
    if wanted.part.is_some() && (wants("peers") || wants_growth) {
        return table;
    }
    if wants("pages") {
        bench.first_pages(&mut table).await;
    }
    let all = conversation::collect(&bench.endpoint, &thread(LENGTHS[2])).await;
    assert_eq!(all.len(), LENGTHS[2], "the endpoint tells of every comment");
    if wants("one-page") {
        bench.one_page(&all, &mut table).await;
    }
    if wants("loaded") {
        bench.loaded(&all, &mut table).await;
    }
    table
}

impl Wanted {
    /// Whether the peers are to be compared with so many comments.
    fn compares(&self, length: usize) -> bool {
        self.comments.is_none_or(|wanted| wanted == length)
    }
}

/// The name of the conversation of this length.
fn thread(length: usize) -> String {
    format!("of-{length}")
}

impl Bench {
    /// Puts a page and gives its address.
    fn page(&self, endpoint: &str, thread: &str) -> String {
        let path = format!("/{thread}.html");
        page::put(&self.host, &path, &self.widget.origin(), endpoint, thread);
        self.host.url(&path)
    }

    /// Other widgets beside Maqal, with each length.
    async fn peers(&self, wanted: &Wanted) {
        let sites = peers::entrant::Sites::start().await;
        for length in LENGTHS.into_iter().filter(|length| wanted.compares(*length)) {
            let thread = thread(length);
            let comments = conversation::collect(&self.endpoint, &thread).await;
            assert_eq!(comments.len(), length, "the endpoint tells of every comment");
            let endpoint = (self.endpoint.origin(), thread.as_str());
            for comparison in peers::compare(&sites, &comments, endpoint, wanted.runs).await {
                println!("{}", peers::report::section(&comparison));
                peers::write(&comparison);
            }
        }
    }

    /// How all that is measured of a visit grows.
    async fn growth(&self, wanted: &Wanted) {
        let sites = peers::entrant::Sites::start().await;
        let mut conversations = Vec::new();
        for length in growth::COMMENTS {
            conversations.push(conversation::collect(&self.endpoint, &thread(length)).await);
        }
        let endpoint = growth::Endpoint { origin: self.endpoint.origin(), thread: &thread };
        growth::run(&sites, &conversations, endpoint, wanted.runs).await;
    }

    /// The first page of each length, from the real endpoint.
    async fn first_pages(&self, table: &mut Table) {
        for length in LENGTHS {
            let thread = thread(length);
            let endpoint = format!("{}{PATH}", self.endpoint.origin());
            let request = Request::get(format!("{endpoint}?thread={thread}")).body(Bytes::new());
            let answer = client::send(request.expect("the request is one")).await.expect("the endpoint answers");
            let first: Page = serde_json::from_slice(answer.body()).expect("the endpoint answers with a page");
            let url = self.page(&endpoint, &thread);
            let mut opening = Opening::default();
            for run in 1..=RUNS {
                eprintln!("the first page of {length}: run {run} of {RUNS}");
                opening.measure(&url, first.comments.len(), Events::Endpoint).await;
            }
            // The endpoint does not let the page know how long its answers are.
            opening.tell(&format!("first page of {length}"), answer.body().len(), ["", ""], table);
        }
    }

    /// So many comments in one answer.
    async fn one_page(&self, all: &[maqal_contract::Comment], table: &mut Table) {
        for (length, others) in [
            (20, ["Waline 1.3 s, Isso 1.5 s, Artalk 1.8 s", ""]),
            (1_000, ["Waline 2.4 s, Isso 7.6 s, Artalk 10.9 s", "Waline 2.2 s"]),
        ] {
            let endpoint = files::endpoint(all[..length].to_vec(), length).await;
            let url = self.page(&format!("{}{PATH}", endpoint.origin()), &format!("one-page-{length}"));
            let mut opening = Opening::default();
            for run in 1..=RUNS {
                eprintln!("{length} in one answer: run {run} of {RUNS}");
                opening.measure(&url, length, Events::Bench).await;
            }
            opening.tell(&format!("{length} in one answer"), 0, others, table);
        }
    }

    /// All of them loaded.
    async fn loaded(&self, all: &[maqal_contract::Comment], table: &mut Table) {
        eprintln!("{} in pages of 100", all.len());
        let pages = files::endpoint(all.to_vec(), 100).await;
        let url = self.page(&format!("{}{PATH}", pages.origin()), "pages");
        loaded::by_pages(&url, all.len(), table).await;

        eprintln!("{} in one answer", all.len());
        let whole = files::endpoint(all.to_vec(), all.len()).await;
        let url = self.page(&format!("{}{PATH}", whole.origin()), "whole");
        let browser = loaded::open(&url, all.len(), table).await;
        loaded::memory(&browser, table).await;
        eprintln!("changes");
        loaded::changes(&browser, all, table).await;
        eprintln!("typing");
        loaded::typing(&browser, "10,000 loaded, typing", 0, table).await;
        loaded::typing(&browser, "10,000 loaded, typing behind 9,000 characters", 9_000, table).await;
        eprintln!("scrolling");
        loaded::scrolling(&browser, table).await;
    }
}
