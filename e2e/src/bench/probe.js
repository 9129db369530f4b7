// Runs before the page's own scripts. Times are milliseconds since navigation (`performance.now()`).
(() => {
  const bench = (window.bench = {});

  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries())).observe({ type: "longtask", buffered: true });

  /** How long the main thread was blocked between two moments: what each task takes beyond 50 ms (as in web.dev/tbt). */
  bench.blocked = (from, to) =>
    long
      .filter((task) => task.startTime < to && task.startTime + task.duration > from)
      .reduce((sum, task) => sum + Math.max(0, task.duration - 50), 0);
  bench.longest = (from, to) =>
    Math.max(0, ...long.filter((task) => task.startTime < to && task.startTime + task.duration > from).map((task) => task.duration));

  /** Resolves right after the next frame is painted, with that moment. */
  const painted = (bench.painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      }),
    ));

  // The memories of WebAssembly, and when the last module was ready to run.
  const memories = [];
  bench.wasmBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const instantiate = WebAssembly[name];
    WebAssembly[name] = async (...sources) => {
      const result = await instantiate(...sources);
      const { memory } = (result.instance ?? result).exports;
      bench.wasm = performance.now();
      if (memory) memories.push(memory);
      return result;
    };
  }

  const root = () => document.querySelector("maqal-card")?.shadowRoot;
  bench.$ = (css) => root()?.querySelector(css) ?? null;

  /** The time from a press until the frame that shows what it did is painted; `wait` tells when it is done. */
  bench.press = async (css, wait = () => true) => {
    const before = performance.now();
    bench.$(css).click();
    let at = await painted();
    while (!wait()) at = await painted();
    return at - before;
  };

  /** Watches the list: `first` when a comment is on the screen, `all` once `count` stand in it. */
  bench.open = (count) => {
    let comments;
    const look = () => {
      comments ??= bench.$("[part=comments]")?.getElementsByClassName("comment");
      const there = comments?.length ?? 0;
      if (there && !bench.first) {
        const { top, height } = comments[0].getBoundingClientRect();
        if (height && top < innerHeight) {
          bench.first = -1;
          painted().then((at) => (bench.first = at));
        }
      }
      if (there >= count && bench.first > 0) painted().then((at) => (bench.all = at));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  bench.count = () => bench.$("[part=comments]")?.getElementsByClassName("comment").length ?? 0;

  /** Times each key: in its listeners, and until the frame that shows it is painted. */
  bench.keys = () => {
    const keys = (bench.typed = []);
    let key;
    addEventListener("keydown", (event) => (key = { at: event.timeStamp }), true);
    addEventListener("input", () => (key.begun = performance.now()), true);
    addEventListener("input", () => {
      const done = key;
      done.handlers = performance.now() - done.begun;
      painted().then((at) => keys.push({ handlers: done.handlers, frame: at - done.at }));
    });
  };

  /** Scrolls from end to end, a screen in each frame, and keeps how long each frame took. */
  bench.scroll = async () => {
    const frames = [];
    scrollTo({ top: 0, behavior: "instant" });
    await painted();
    const end = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    await new Promise((resolve) => {
      let last;
      const step = (now) => {
        if (last !== undefined) frames.push(now - last);
        last = now;
        if (end()) return resolve();
        scrollBy({ top: innerHeight, behavior: "instant" });
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
    bench.frames = frames;
  };
})();
