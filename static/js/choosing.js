// A verdict or a choice between two letters is an act the moment it is given (js/kept.js keeps and sends it), and the next letter
// or pair comes, with or without network. Without this script the buttons send the form.

const form = document.querySelector("form[data-choice]");
const { choice: about, number, url, next, follower, desk } = form.dataset;
const buttons = [...form.querySelectorAll("button[data-word]")];

// What was said of a letter or a pair and has not been sent yet.
function waiting(thing) {
  const detail = {};
  document.dispatchEvent(new CustomEvent("desk:waiting", { detail }));
  return (detail.acts ?? []).findLast((act) => act.about === thing);
}

function show(value) {
  for (const button of buttons) {
    button.classList.toggle("btn-primary", button.value === value);
    button.classList.toggle("btn-secondary", button.value !== value);
  }
  for (const said of document.querySelectorAll("[data-said]")) said.hidden = said.dataset.said !== value;
}

const shownAtFirst = [...document.querySelectorAll("[data-said]")].find((said) => !said.hidden)?.dataset.said;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name, value, dataset } = event.submitter;
  const detail = { url, about, label: `${number}, ${dataset.word}`, body: { [name]: value } };
  document.dispatchEvent(new CustomEvent("desk:act", { detail }));
  show(value);
  if (!await detail.done) show(shownAtFirst);
  // A page fetched ahead does not know what was said since: once round, the desk says thank you.
  else location.assign(waiting(follower) ? desk : next);
});

const kept = waiting(about);
if (kept) show(Object.values(kept.body)[0]);
