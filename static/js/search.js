// Suggestions below a search box, by the combobox pattern of ARIA: arrows walk through them, Enter opens the one walked to
// or searches, Escape closes. Without this script the boxes search as ever.

const PAUSE = 150;

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

function optionOf(suggestion, id) {
  const title = suggestion.title.map(([text, marked]) => (marked ? make("mark", {}, text) : text));
  const words = make("span", { class: "suggestion-words" }, make("span", { class: "suggestion-title" }, ...title));
  if (suggestion.about) words.append(make("span", { class: "suggestion-about" }, suggestion.about));
  const option = make("li", { id, role: "option", class: "suggestion", "aria-selected": "false" });
  if (suggestion.picture) option.append(make("img", { class: "suggestion-picture", src: suggestion.picture, alt: "" }));
  option.append(words, make("span", { class: "suggestion-kind" }, suggestion.kind));
  option.dataset.url = suggestion.url;
  return option;
}

function suggestFor(input) {
  const list = make("ul", { id: `${input.id}-suggestions`, role: "listbox", class: "suggestions", hidden: "" });
  const said = make("div", { role: "status", class: "visually-hidden" });
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.form.append(list, said);

  let timer = null;
  let asking = null;
  let active = -1;

  const options = () => [...list.children];

  function activate(at) {
    active = at;
    options().forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function show(isOpen) {
    const isShown = isOpen && list.children.length > 0;
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
    if (!isShown) activate(-1);
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
  }

  function close() {
    stop();
    show(false);
    said.textContent = "";
  }

  async function ask() {
    const asked = input.value;
    asking = new AbortController();
    try {
      const address = `${input.dataset.suggestions}?${new URLSearchParams({ q: asked })}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      if (input.value !== asked || document.activeElement !== input) return;
      list.replaceChildren(...found.suggestions.map((each, index) => optionOf(each, `${list.id}-${index}`)));
      show(true);
      said.textContent = found.said;
    } catch { /* typed on, or no network: the box itself still searches */ }
  }

  function walk(step) {
    const count = list.children.length;
    // Between the last and the first lies the box itself.
    activate(((active + 1 + step + count + 1) % (count + 1)) - 1);
  }

  const keys = {
    ArrowDown() { if (list.hidden) show(true); if (!list.hidden) walk(1); return !list.hidden; },
    ArrowUp() { if (list.hidden) show(true); if (!list.hidden) walk(-1); return !list.hidden; },
    Home() { if (active >= 0) activate(0); return active >= 0; },
    End() { if (active >= 0) activate(list.children.length - 1); return active >= 0; },
    Escape() { const wasOpen = !list.hidden; close(); return wasOpen; },
    Enter() { if (active >= 0) location.assign(list.children[active].dataset.url); return active >= 0; },
  };

  input.addEventListener("input", () => {
    stop();
    activate(-1);
    if (input.value.trim()) timer = setTimeout(ask, PAUSE);
    else { list.replaceChildren(); close(); }
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !(event.key in keys)) return;
    if (keys[event.key]()) event.preventDefault();
  });
  input.addEventListener("blur", close);
  // The box keeps the focus while one is pressed, so that the list is still there when it is let go.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  // Back from a page: what was open then is not open now.
  addEventListener("pageshow", close);
}

document.querySelectorAll("input[data-suggestions]").forEach(suggestFor);
