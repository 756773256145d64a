// A verdict is an act the moment it is given (js/kept.js keeps and sends it), and the next letter comes, with or without network.
// Without this script the buttons send the form.

const form = document.querySelector("form.verdicts");
const { assignment, number, verdict: url, next, follower, desk } = form.dataset;
const buttons = [...form.querySelectorAll("button[name=verdict]")];

// What was said of a letter and has not been sent yet.
function waiting(about) {
  const detail = {};
  document.dispatchEvent(new CustomEvent("desk:waiting", { detail }));
  return (detail.acts ?? []).findLast((act) => act.about === about);
}

function show(verdict) {
  for (const button of buttons) {
    button.classList.toggle("btn-primary", button.value === verdict);
    button.classList.toggle("btn-secondary", button.value !== verdict);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { value, dataset } = event.submitter;
  const detail = { url, about: assignment, label: `${number}, ${dataset.word}`, body: { verdict: value } };
  document.dispatchEvent(new CustomEvent("desk:act", { detail }));
  show(value);
  // A page fetched ahead does not know what was said since: once round, the desk says thank you.
  location.assign(waiting(follower) ? desk : next);
});

const kept = waiting(assignment);
if (kept) show(kept.body.verdict);
