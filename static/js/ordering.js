// A shortlist is put in order before the eyes, with or without network: each move is an act that names the whole order
// (js/kept.js keeps and sends it). Without this script the buttons send the form.

const form = document.querySelector("form[data-order]");
const { order: about, url, word } = form.dataset;
const shelf = form.querySelector("ol");
const saved = document.getElementById("saved");
const unsaved = document.getElementById("unsaved");
const PLACES = { top: () => 0, up: (place) => place - 1, down: (place) => place + 1 };

const shown = () => [...shelf.children].map((item) => item.dataset.read);

function show(order) {
  shelf.append(...order.map((read) => [...shelf.children].find((item) => item.dataset.read === read)).filter(Boolean));
  [...shelf.children].forEach((item, place, { length }) => {
    for (const button of item.querySelectorAll("button")) {
      button.disabled = button.value.endsWith(" down") ? place === length - 1 : place === 0;
    }
  });
  form.elements.order.value = shown().join(" ");
}

// What a button asks for: `12 up`, or nothing for the order as it stands.
function moved(order, wish) {
  const [read, step] = wish.split(" ");
  if (!(step in PLACES)) return order;
  const rest = order.filter((each) => each !== read);
  rest.splice(Math.max(0, PLACES[step](order.indexOf(read))), 0, read);
  return rest;
}

let taken = shown();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const before = taken;
  const order = moved(shown(), event.submitter?.value ?? "");
  const detail = { url, about, label: word, body: { order: order.join(" ") } };
  show(order);
  event.submitter?.focus();
  document.dispatchEvent(new CustomEvent("desk:act", { detail }));
  if (!await detail.done) return show(before);
  taken = order;
  if (unsaved) unsaved.hidden = true;
});

document.addEventListener("desk:answer", ({ detail: { act, answer } }) => {
  if (act.about === about) saved.textContent = answer.said;
});

// A page fetched ahead does not know the order given since; what is kept here does.
const waiting = {};
document.dispatchEvent(new CustomEvent("desk:waiting", { detail: waiting }));
const kept = (waiting.acts ?? []).findLast((act) => act.about === about);
if (kept) {
  taken = kept.body.order.split(" ").filter((read) => shown().includes(read));
  show(taken);
  if (unsaved) unsaved.hidden = true;
}
