//! The fault matrix: every fault, at every step of a comment, whatever its reader does meanwhile. What became of the
//! comments is counted in the database: none may be lost, and none there twice.
//!
//! Each page has a card for each fault of the way to the endpoint, each with a way of its own; what fails on the device
//! has a page to itself. The cards' pauses and time limits are a tenth of what they are, so that the time limit of
//! twenty seconds takes two.

use std::time::{Duration, Instant};

use fantoccini::wd::WindowHandle;
use http::Method;
use maqal_e2e::browser::Browser;
use maqal_e2e::endpoint::Endpoint;
use maqal_e2e::matrix::{Failing, Outcome, Step, Table, Way, left_out};
use maqal_e2e::proxy::{Fault, Proxy};
use maqal_e2e::stage::Stage;
use maqal_e2e::wait::PAUSE;
use maqal_e2e::{environment, wait};
use serde_json::{Value, json};

const NAME: &str = "إدريس";

/// Longer than the card waits, by its clock.
const LATE: Duration = Duration::from_secs(4);

/// How long a cell may take to be well again. Where it is not by then, its comment counts as lost.
const RECOVERS_WITHIN: Duration = Duration::from_secs(20);

/// A faster clock for what takes a second and more.
const CLOCK: &str = "<script>
const timer = window.setTimeout;
window.setTimeout = (act, after, ...rest) => timer.call(window, act, after >= 1000 ? after / 10 : after, ...rest);
</script>
<style>
body { margin: 0; display: grid; grid-template-columns: repeat(8, 1fr); align-items: start; }
</style>";

/// What each script begins with: the cards of the page, and what is in them.
const PRELUDE: &str = "const cards = [...document.querySelectorAll('maqal-card')].map((card) => ({
  id: card.id,
  $: (css) => card.shadowRoot?.querySelector(css) ?? null,
  $$: (css) => [...(card.shadowRoot?.querySelectorAll(css) ?? [])],
}));
const type = (field, text) => {
  field.focus();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
};
";

#[tokio::test(flavor = "multi_thread")]
async fn no_fault_at_any_step_loses_a_comment_or_makes_two_of_one() {
    let network = Failing::ALL.into_iter().filter(|failing| !failing.is_of_device()).collect();
    let (mut table, offline, denied, full) = tokio::join!(
        play(network),
        play(vec![Failing::Offline]),
        play(vec![Failing::StorageDenied]),
        play(vec![Failing::StorageFull]),
    );
    for other in [offline, denied, full] {
        table.join(other);
    }
    let markdown = table.markdown();
    if let Some(path) = environment::matrix() {
        std::fs::write(&path, &markdown)
            .unwrap_or_else(|error| panic!("{} cannot be written: {error}", path.display()));
    }
    println!("{markdown}");
    assert_eq!(table.missing(), [], "every cell that makes sense was played");
    assert_eq!(table.sum().1, Outcome::default(), "{markdown}");
}

/// All cells of the rows `all`, which share their pages.
async fn play(all: Vec<Failing>) -> Table {
    let mut theatre = Theatre::open(all).await;
    let mut table = Table::default();
    for step in Step::ALL {
        for way in Way::ALL {
            theatre.perform(step, way, &mut table).await;
        }
    }
    table
}

/// One fault, its way to the endpoint, and the endpoint where that is to be killed.
struct Row {
    failing: Failing,
    proxy: Proxy,
    own: Option<Endpoint>,
}

struct Theatre {
    stage: Stage,
    rows: Vec<Row>,
    reader: Browser,
}

impl Theatre {
    async fn open(all: Vec<Failing>) -> Self {
        let stage = Stage::start().await;
        let mut rows = Vec::new();
        for failing in all {
            let own = match failing {
                Failing::Killed => Some(Endpoint::start(&stage.host.origin()).await),
                _ => None,
            };
            let endpoint = own.as_ref().unwrap_or(&stage.endpoint);
            let proxy = Proxy::start(endpoint.origin(), &stage.host.origin()).await;
            rows.push(Row { failing, proxy, own });
        }
        let reader = Browser::start().await;
        reader.resize(2600, 1400).await;
        Self { stage, rows, reader }
    }

    /// One page: the cells of `step` and `way`.
    async fn perform(&mut self, step: Step, way: Way, table: &mut Table) {
        let played: Vec<usize> =
            (0..self.rows.len()).filter(|&row| left_out(self.rows[row].failing, step, way).is_none()).collect();
        if played.is_empty() {
            return;
        }
        let name = format!("{}-{}", step.title(), way.title()).replace(' ', "-");
        let url = self.put_page(&name, &played);
        self.reader.open(&url).await;
        self.until_ready(played.len()).await;
        let posts: Vec<usize> = self.rows.iter().map(|row| row.proxy.arrived(&Method::POST)).collect();

        let mut second;
        match step {
            Step::Typing => {
                self.fail(&played, step).await;
                self.type_all(&name).await;
                second = self.go(way, &url, played.len()).await;
                if let Some(first) = second.take_if(|_| self.rows[played[0]].failing.is_of_storage()) {
                    // What no storage takes stands in the tab where it was typed.
                    second = Some(self.reader.switch_to(first).await);
                }
                self.heal(&played).await;
                self.until_typed(&name, played.len(), &played, step, way, table).await;
                self.submit_all(&name).await;
            }
            Step::Submitting | Step::Waiting => {
                self.type_all(&name).await;
                self.fail(&played, step).await;
                self.submit_all(&name).await;
                if step == Step::Waiting {
                    self.until_waiting(played.len()).await;
                }
                second = self.go(way, &url, played.len()).await;
                if step == Step::Submitting {
                    self.until_struck(&played, &posts).await;
                }
            }
            Step::InFlight => {
                self.type_all(&name).await;
                for &row in &played {
                    self.rows[row].proxy.gate.close();
                }
                self.submit_all(&name).await;
                self.until_arrived(&played, &posts).await;
                self.fail(&played, step).await;
                second = self.go(way, &url, played.len()).await;
                for &row in &played {
                    self.rows[row].proxy.gate.open();
                }
                self.until_struck(&played, &posts).await;
            }
            Step::Stored => {
                self.type_all(&name).await;
                for &row in &played {
                    let fault = Fault::Stored(Box::new(
                        self.rows[row].failing.fault(LATE).unwrap_or(Fault::Slow(Duration::ZERO)),
                    ));
                    self.rows[row].proxy.answers.close();
                    self.rows[row].proxy.fail(fault).await;
                }
                self.submit_all(&name).await;
                for &row in &played {
                    let thread = self.thread(&name, row);
                    wait::until("the comment is stored", || async {
                        (!self.endpoint(row).stored(&thread).await.is_empty()).then_some(())
                    })
                    .await;
                }
                self.fail(&played, step).await;
                second = self.go(way, &url, played.len()).await;
                for &row in &played {
                    self.rows[row].proxy.answers.open();
                }
            }
        }
        self.heal(&played).await;
        self.recover(played.len()).await;
        if let Some(first) = second {
            self.reader.close_for(first).await;
            self.recover(played.len()).await;
        }
        // The next visit finds nothing that is still to be sent.
        self.reader.open(&url).await;
        self.until_ready(played.len()).await;
        self.recover(played.len()).await;

        for &row in &played {
            let stored = self.endpoint(row).stored(&self.thread(&name, row)).await;
            let body = self.body(&name, row);
            let count = stored.iter().filter(|comment| comment.body == body).count();
            let others = stored.len() - count;
            let outcome = Outcome { lost: usize::from(count == 0), doubled: count.saturating_sub(1) + others };
            table.add(self.rows[row].failing, step, way, outcome);
        }
    }

    fn endpoint(&self, row: usize) -> &Endpoint {
        self.rows[row].own.as_ref().unwrap_or(&self.stage.endpoint)
    }

    fn id(&self, row: usize) -> String {
        format!("{:?}", self.rows[row].failing)
    }

    fn thread(&self, name: &str, row: usize) -> String {
        format!("{name}-{}", self.id(row))
    }

    fn body(&self, name: &str, row: usize) -> String {
        format!("تعليق {name} {}", self.id(row))
    }

    fn put_page(&self, name: &str, played: &[usize]) -> String {
        let cards: Vec<String> = played
            .iter()
            .map(|&row| {
                let (id, endpoint) = (self.id(row), self.rows[row].proxy.endpoint());
                let attributes = format!(r#"id="{id}" endpoint="{endpoint}" thread="{}""#, self.thread(name, row));
                self.stage.card(&attributes, "<h1>عنوان</h1><p>نصّ.</p>")
            })
            .collect();
        let path = format!("/{name}");
        let page = self.stage.html(CLOCK, &cards.concat());
        self.stage.host.put_with(&path, 200, "text/html; charset=utf-8", &[], page);
        self.stage.host.url(&path)
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.reader.run(&[PRELUDE, script].concat(), arguments).await
    }

    async fn until(&self, what: &str, script: &str) {
        self.reader.until(what, &[PRELUDE, script].concat()).await;
    }

    async fn until_ready(&self, count: usize) {
        let script = format!("return cards.length === {count} && cards.every((card) => card.$('#body'))");
        self.until("every card has its composer", &script).await;
    }

    async fn until_waiting(&self, count: usize) {
        let script = format!("return cards.filter((card) => card.$('.pending .note')).length === {count}");
        self.until("every comment waits", &script).await;
    }

    async fn type_all(&self, name: &str) {
        let script = "for (const card of cards) {
            type(card.$('#name'), arguments[0]);
            type(card.$('#body'), `تعليق ${arguments[1]} ${card.id}`);
        }";
        self.run(script, vec![json!(NAME), json!(name)]).await;
    }

    /// Presses every button; a composer whose text is gone is left as it is.
    async fn submit_all(&self, name: &str) {
        let script = "for (const card of cards) {
            if (card.$('#body').value.trim() === `تعليق ${arguments[0]} ${card.id}`) card.$('button.send').click();
        }";
        self.run(script, vec![json!(name)]).await;
    }

    /// What was typed stands in its field; where it does not, it is lost.
    async fn until_typed(&self, name: &str, count: usize, played: &[usize], step: Step, way: Way, table: &mut Table) {
        let script = "return cards.filter((card) => card.$('#body')?.value === `تعليق ${arguments[0]} ${card.id}`)
            .map((card) => card.id)";
        let end = Instant::now() + Duration::from_secs(5);
        let typed = loop {
            let typed = self.run(script, vec![json!(name)]).await;
            if typed.as_array().is_some_and(|typed| typed.len() == count) || Instant::now() > end {
                break typed;
            }
            tokio::time::sleep(PAUSE).await;
        };
        for &row in played {
            let is_there = typed.as_array().is_some_and(|typed| typed.contains(&json!(self.id(row))));
            table.add(self.rows[row].failing, step, way, Outcome { lost: usize::from(!is_there), doubled: 0 });
        }
    }

    /// Every comment is under way.
    async fn until_arrived(&self, played: &[usize], before: &[usize]) {
        for &row in played {
            wait::until("the comment is under way", || async {
                (self.rows[row].proxy.arrived(&Method::POST) > before[row]).then_some(())
            })
            .await;
        }
    }

    /// Every comment has met its fault, or got through.
    async fn until_struck(&self, played: &[usize], before: &[usize]) {
        for &row in played {
            let end = Instant::now() + Duration::from_secs(5);
            let proxy = &self.rows[row].proxy;
            // Where nothing listens, nobody can tell: the card does.
            while proxy.arrived(&Method::POST) <= before[row] && Instant::now() < end {
                let script = "const card = cards.find((card) => card.id === arguments[0]);
                    return !card.$('.pending') || Boolean(card.$('.pending .note'))";
                if self.run(script, vec![json!(self.id(row))]).await == json!(true) {
                    break;
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    /// Waits until no comment is on its way any more, as long as that may take.
    async fn recover(&self, count: usize) {
        let script =
            format!("return cards.length === {count} && cards.every((card) => card.$('#body') && !card.$('.pending'))");
        let end = Instant::now() + RECOVERS_WITHIN;
        while self.run(&script, Vec::new()).await != json!(true) && Instant::now() < end {
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn fail(&mut self, played: &[usize], step: Step) {
        for &row in played {
            let Row { failing, proxy, own } = &mut self.rows[row];
            if let Some(own) = own {
                own.kill();
            }
            if let Some(fault) = failing.fault(LATE).filter(|_| step != Step::Stored) {
                proxy.fail(fault).await;
            }
            match failing {
                Failing::Offline => self.reader.set_offline(true).await,
                Failing::StorageDenied => {
                    let deny = "Object.defineProperty(window, 'localStorage', { configurable: true, get() {
                        throw new DOMException('denied by the test', 'SecurityError');
                    } })";
                    self.reader.run(deny, Vec::new()).await;
                }
                Failing::StorageFull => {
                    let fill = "for (let size = 1 << 22, index = 0; size > 0; ) {
                        try { localStorage.setItem(`filler${index}`, 'x'.repeat(size)); index++; } catch { size >>= 1; }
                    }";
                    self.reader.run(fill, Vec::new()).await;
                }
                _ => {}
            }
        }
    }

    async fn heal(&mut self, played: &[usize]) {
        for &row in played {
            let Row { failing, proxy, own } = &mut self.rows[row];
            if let Some(own) = own {
                own.restart().await;
                proxy.lead_to(own.origin());
            }
            proxy.heal().await;
            match failing {
                Failing::Offline => self.reader.set_offline(false).await,
                Failing::StorageDenied => {
                    self.reader.run("delete window.localStorage", Vec::new()).await;
                }
                Failing::StorageFull => {
                    let empty = "Object.keys(localStorage).filter((key) => key.startsWith('filler'))
                        .forEach((key) => localStorage.removeItem(key))";
                    self.reader.run(empty, Vec::new()).await;
                }
                _ => {}
            }
        }
    }

    /// What the reader does; gives the first tab where there are two now.
    async fn go(&self, way: Way, url: &str, count: usize) -> Option<WindowHandle> {
        let is_offline = self.rows.iter().any(|row| row.failing == Failing::Offline);
        match way {
            Way::Stay => return None,
            Way::Reload if is_offline => {
                // The page itself does not come: the reader sees the browser's own, and comes back when the network is.
                let _ = self.reader.client().refresh().await;
                self.reader.set_offline(false).await;
                self.reader.open(url).await;
            }
            Way::Reload => self.reader.reload().await,
            Way::Reopen => {
                if is_offline {
                    self.reader.set_offline(false).await;
                }
                let former = self.reader.new_tab().await;
                let new = self.reader.switch_to(former).await;
                self.reader.close_for(new).await;
                self.reader.open(url).await;
            }
            Way::SecondTab => {
                if is_offline {
                    // No page comes before the network is back: both tabs have it in the same moment.
                    self.reader.set_offline(false).await;
                }
                let first = self.reader.new_tab().await;
                if is_offline {
                    self.reader.set_offline(false).await;
                }
                self.reader.open(url).await;
                self.until_ready(count).await;
                return Some(first);
            }
        }
        self.until_ready(count).await;
        None
    }
}
