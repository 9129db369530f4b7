/**
 * What wasm-bindgen's glue calls, as the browser made it. Hosts replace built-ins, at times with broken ones (Prototype.js,
 * MooTools, old polyfills): a function that is not the browser's own is passed over for that of a clean realm. Nothing of
 * the host's is changed. `cargo xtask stage` puts this before the glue, whose calls go through here.
 *
 * What reaches beyond the page (fetch, timers, storage …) is taken as the host has it: its wrappers are there on purpose.
 */
const { apply: $call, ownKeys: $names } = Reflect;
const $print = Function.prototype.toString;
const { test: $test, exec: $exec } = RegExp.prototype;
const { toString: $tag } = Object.prototype;
const $NATIVE = /^function \S+\(\) \{\s+\[native code\]\s+\}$/;

function $isNative(f) {
  try {
    return $call($test, $NATIVE, [$call($print, f, [])]);
  } catch {
    return false;
  }
}

let $realm; // What a frame that nobody else has touched has, by name.

function $clean() {
  if (!$realm) {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    document.documentElement.appendChild(frame);
    const place = frame.contentWindow;
    const names = $names(place);
    $realm = { __proto__: null };
    // Now: of what belongs to elements, a frame that is away has nothing.
    for (let index = 0; index < names.length; index++) {
      const name = names[index];
      if (typeof name === "string" && $call($test, /^[A-Z]/, [name])) $realm[name] = place[name];
    }
    // The page's own way to remove it may be what is broken.
    $call($realm.Element.prototype.remove, frame, []);
  }
  return $realm;
}

/** The browser's own function of this name for `object`; `undefined` where it has none. */
function $lookUp(name, object) {
  let place = $clean();
  if (typeof object === "function" && typeof place[object.name]?.[name] === "function") return place[object.name][name];
  const path = $call($exec, /^\[object (.+)\]$/, [$call($tag, object, [])])[1];
  const steps = $call(place.String.prototype.split, path, ["."]);
  for (let step = 0; step < steps.length; step++) place = place?.[steps[step]];
  const found = (place?.prototype ?? place)?.[name];
  return typeof found === "function" ? found : undefined;
}

/** The method `name`: of any object, given before its arguments. */
function $own(name) {
  let good = $own; // The last that was seen to be the browser's; at first none, and not what is missing.
  return (object, ...values) => {
    const method = object[name];
    if (method !== good) {
      if (!$isNative(method)) return $borrow(name, object, method, values);
      good = method;
    }
    return $call(method, object, values);
  };
}

function $borrow(name, object, method, values) {
  let lent;
  try {
    lent = $lookUp(name, object);
  } catch {
    // No frame can be had: the host's it is.
  }
  if (!lent) return $call(method, object, values);
  try {
    return $call(lent, object, values);
  } catch (error) {
    // An object that only looks like the browser's (a proxy, another library's promise) has its own.
    if (error?.name !== "TypeError" || typeof method !== "function") throw error;
    return $call(method, object, values);
  }
}

/** Told when the instance has broken: the error, and the element in whose shadow an event broke it, where one did. */
let $tell;
export function whenBroken(tell) {
  $tell = tell;
}

let $isBroken = false;
let $release; // Ends the locks that the instance holds.
const $end = new Promise((resolve) => {
  $release = resolve;
});
const $streams = new Set();

/** The functions of an instance. One that has trapped is in no state to be called: then none of them does anything. */
function $guard(exports) {
  const guarded = { __proto__: null };
  const names = $names(exports);
  for (let index = 0; index < names.length; index++) {
    const call = exports[names[index]];
    guarded[names[index]] = typeof call !== "function" ? call : (...values) => {
      // What a callback answers may be taken apart.
      if ($isBroken) return [];
      try {
        return $call(call, undefined, values);
      } catch (error) {
        if (!$isBroken && !/invoked recursively or after being dropped/.test(error?.message)) $break(error, values);
        throw error;
      }
    };
  }
  return guarded;
}

function $break(error, values) {
  $isBroken = true;
  $release();
  for (const stream of $streams) stream.close();
  let host;
  for (const value of values) host ??= value?.currentTarget?.getRootNode?.().host;
  $tell?.(error, host);
}

/** An event stream ends with its instance. */
function $stream(source) {
  for (const other of $streams) if (other.readyState === EventSource.CLOSED) $streams.delete(other);
  $streams.add(source);
  return source;
}

/** A lock ends with its instance (`navigator.locks.request(name, options, act)`). */
function $request(locks, name, options, act) {
  return locks.request(name, options, (lock) => Promise.race([act(lock), $end]));
}
