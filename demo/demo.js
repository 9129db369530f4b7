/** The strip of switches on top of the demo page. */

const bench = document.querySelector(".bench");
const hostile = document.querySelector("#hostile");
const cards = document.querySelector(".cards");
const control = (name) => bench.elements.namedItem(name);

function apply() {
  hostile.disabled = !control("hostile").checked;
  const second = document.querySelector("#second");
  if (control("second").checked && !second) {
    cards.append(document.querySelector("#second-card").content.cloneNode(true));
  } else if (!control("second").checked) {
    second?.remove();
  }
  const src = `demo/articles/${control("article").value}`;
  const first = document.querySelector("#first");
  if (first.getAttribute("src") !== src) first.setAttribute("src", src);
  const theme = control("theme").value;
  document.documentElement.style.colorScheme = theme === "auto" ? "" : theme;
  for (const card of document.querySelectorAll("maqal-card")) {
    card.setAttribute("theme", theme);
    card.setAttribute("lang", control("lang").value);
  }
}

// The address carries the choices, so that a situation can be shared: ?theme=dark&article=museum.json&hostile&second
const wanted = new URLSearchParams(location.search);
for (const name of ["theme", "article", "lang"]) if (wanted.has(name)) control(name).value = wanted.get(name);
for (const name of ["hostile", "second"]) control(name).checked = wanted.has(name);
bench.addEventListener("change", apply);
bench.addEventListener("submit", (event) => event.preventDefault());
apply();

// What the host hears of its cards.
for (const name of ["ready", "comment", "count", "error"]) {
  addEventListener(`maqal:${name}`, ({ type, detail }) => {
    control("events").value = `${type} ${JSON.stringify(detail)}`;
  });
}
