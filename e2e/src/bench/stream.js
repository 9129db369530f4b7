// Runs after probe.js, where the endpoint is a file: a stream of events that the bench speaks into.
(() => {
  const bench = window.bench;
  bench.sources = [];
  window.EventSource = class extends EventTarget {
    readyState = 1;
    onerror = null;
    constructor() {
      super();
      bench.sources.push(this);
    }
    close() {
      this.readyState = 2;
    }
  };
  /** The time from an event of the stream until the frame that shows it is painted. */
  bench.hear = async (data) => {
    const before = performance.now();
    const event = new MessageEvent("change", { data, lastEventId: String(before) });
    for (const source of bench.sources) if (source.readyState === 1) source.dispatchEvent(event);
    return (await bench.painted()) - before;
  };
})();
