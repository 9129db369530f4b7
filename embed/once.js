/** What is loaded once, and told to whoever waits for it. */

export const beside = (name) => new URL(name, import.meta.url);

/** A promise whose failure is told to whoever waits for it, and to nobody else. */
export async function quiet(promise) {
  try {
    await promise;
  } catch {
    // See above.
  }
}

/** Loads something once; a failed load is forgotten, so that the next try is a new one. */
export function once(load) {
  let promise;
  return async () => {
    promise ??= load();
    const mine = promise;
    try {
      return await mine;
    } catch (error) {
      if (promise === mine) promise = undefined;
      throw error;
    }
  };
}

/** Lets the page do something else. */
export const rest = () => new Promise((resolve) => setTimeout(resolve));

const LATE = 100; // Milliseconds: a page that nobody sees has no frames.

/** Lets the page show what has changed: what comes after is another task. */
export const painted = () => new Promise((resolve) => {
  setTimeout(resolve, LATE);
  requestAnimationFrame(() => setTimeout(resolve));
});

export async function ok(response, name) {
  if (!response.ok) throw new Error(`${name} answered ${response.status}`);
  return response;
}

/** WebAssembly that is compiled as it comes. Some servers do not know its MIME type. */
export async function compile(name, promise) {
  const response = await ok(await (promise ?? fetch(beside(name), { credentials: "omit" })), name);
  const streams = WebAssembly.compileStreaming && /^application\/wasm\b/i.test(response.headers.get("content-type"));
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** The text of a file of ours. */
export async function textOf(name) {
  return (await ok(await fetch(beside(name), { credentials: "omit" }), name)).text();
}
