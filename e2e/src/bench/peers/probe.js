// Runs after ../probe.js and before the page's own scripts, with `WANTED` before it: the widget's view (see site.rs), what only
// the newest comment says, how many comments are to come, and whether the reader scrolls down to them.
(() => {
  const { host, container, item, pending, newest, count, scrolls, through } = WANTED;
  const opening = (window.opening = { article: 0, comments: 0, all: 0, shift: 0 });

  /** The first element that a selector finds, in the widget's open shadow root too. */
  const $ = (css) => (host && document.querySelector(host)?.shadowRoot?.querySelector(css)) || document.querySelector(css);
  opening.$ = $;

  /** From a frame's callback: resolves once that frame is painted, with that moment. */
  const painted = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    });

  const isLaidOut = (element) => element.getBoundingClientRect().height > 0;

  let root;
  let list = [];
  const comments = () => {
    if (!root?.isConnected) {
      root = $(container);
      list = root?.getElementsByClassName(item) ?? [];
    }
    return list;
  };

  /** One of the first or the last few comments that says this. */
  const saying = (text) => {
    const all = comments();
    for (let place = 0; place < all.length; place++) {
      if (place === 3 && all.length > 6) place = all.length - 3;
      if (all[place].textContent.includes(text)) return all[place];
    }
    return null;
  };

  // Who goes on reading at the top scrolls nowhere; who wants the comments follows them until they are there.
  let scrolled = -Infinity;
  const scroll = (now) => {
    if (!scrolls || opening.article <= 0 || now - scrolled < 100) return;
    for (const passed of through ? document.querySelectorAll(through) : []) {
      if (passed.shadowRoot?.querySelector(`.${item}`)) continue;
      scrolled = now;
      passed.scrollIntoView({ block: passed.shadowRoot?.querySelector(container) ? "end" : "start", behavior: "instant" });
      return;
    }
    const paragraphs = document.querySelectorAll("article p");
    const goal = root ?? document.querySelector("#below, #isso-thread") ?? paragraphs[paragraphs.length - 1];
    const top = goal?.getBoundingClientRect().top ?? 0;
    if (top <= innerHeight / 2) return;
    scrolled = now;
    scrollBy({ top: top - 100, behavior: "instant" });
  };

  const note = (name) => {
    opening[name] = -1;
    painted().then((at) => (opening[name] = at));
  };
  const look = (now) => {
    const title = opening.article ? null : $("h1");
    if (title && isLaidOut(title)) note("article");
    const all = comments();
    if (!opening.comments && all.length) {
      const first = saying(newest);
      if (first && isLaidOut(first)) note("comments");
    }
    if (opening.comments && all.length >= count) return note("all");
    scroll(now);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // Cumulative layout shift as it is defined: the worst window of shifts (https://web.dev/articles/cls).
  let from = 0;
  let last = 0;
  let sum = 0;
  new PerformanceObserver((entries) => {
    for (const { hadRecentInput, startTime, value } of entries.getEntries()) {
      if (hadRecentInput) continue;
      if (startTime - last > 1000 || startTime - from > 5000) [from, sum] = [startTime, 0];
      last = startTime;
      sum += value;
      opening.shift = Math.max(opening.shift, sum);
    }
  }).observe({ type: "layout-shift", buffered: true });

  /** What an opening took, once all is there. */
  opening.told = () =>
    opening.all > 0 && {
      article: opening.article,
      comments: opening.comments,
      all: opening.all,
      shift: opening.shift,
      blocked: bench.blocked(0, performance.now()),
      longest: bench.longest(0, performance.now()),
      wasm: bench.wasmBytes(),
    };

  /** Notes what the browser tells of each key that is pressed (Event Timing): until the next frame is on the screen. */
  opening.listen = () => {
    const keys = new Map();
    new PerformanceObserver((entries) => {
      for (const { interactionId, duration } of entries.getEntries()) {
        if (interactionId) keys.set(interactionId, Math.max(keys.get(interactionId) ?? 0, duration));
      }
    }).observe({ type: "event", durationThreshold: 16 });
    opening.keys = () => [...keys.values()];
  };

  /** Presses the button `css`, and waits until a comment says `text`: seen, and stored where its author sees it before. */
  opening.post = (css, text) => {
    const pressed = performance.now();
    const posting = (opening.posting = { seen: 0, stored: 0 });
    const noted = (name) => {
      posting[name] = -1;
      painted().then((at) => (posting[name] = at - pressed));
    };
    const look = () => {
      const comment = saying(text);
      if (comment && !posting.seen) noted("seen");
      if (comment && !(pending && comment.closest(`.${pending}`))) return noted("stored");
      requestAnimationFrame(look);
    };
    $(css).click();
    requestAnimationFrame(look);
  };
})();
