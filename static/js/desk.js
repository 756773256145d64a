// The judge's desk: each mark is an act the moment it is given (js/kept.js keeps and sends it); digits mark, N goes on,
// Z takes back, P stops the clock of reading. Without this script the Save buttons do the same.

const form = document.querySelector("form.marking");
const saved = document.getElementById("saved");
const pile = document.getElementById("pile");
const owner = document.getElementById("kept").dataset.owner;
const { assignment } = form.dataset;
const KNOWN = `desk:${owner}:known:${assignment}`;
const SECONDS = `desk:${owner}:seconds:${assignment}`;
const DIGITS_WITHIN = 900;
const ARROWS_REST = 400;

const scales = [...form.querySelectorAll(".scale")];
const shownAtFirst = shownPoints();
let resting = null;
let latest = null;
let typed = { scale: null, at: 0, text: "" };

const tell = (name, detail) => {
  document.dispatchEvent(new CustomEvent(name, { detail }));
  return detail;
};
// What only helps here is not worth an error where a browser is full; marks themselves are never written this way.
const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* the server knows it too */ } };
const waiting = () => tell("desk:waiting", {}).acts?.filter((act) => act.about === assignment) ?? [];

function showPoints(points) {
  for (const scale of scales) {
    for (const input of scale.querySelectorAll("input")) input.checked = input.value === points[scale.dataset.criterion];
  }
}

// What is saved, and over it what has not been sent yet.
function withWaiting(points) {
  const marks = waiting().filter((act) => act.body.criterion).map((act) => [String(act.body.criterion), act.body.points]);
  return { ...points, ...Object.fromEntries(marks) };
}

function shownPoints() {
  const given = [...form.querySelectorAll(".scale-input:checked")];
  return Object.fromEntries(given.map((input) => [input.closest(".scale").dataset.criterion, input.value]));
}

document.addEventListener("desk:answer", ({ detail: { act, answer } }) => {
  if (act.about !== assignment) {
    if (act.url.includes(`/${assignment}/`)) saved.textContent = answer.said;
    return;
  }
  saved.textContent = answer.said;
  if (!answer.points) {
    if (!answer.accepted) showPoints(withWaiting(known().points));
    return;
  }
  pile.textContent = answer.pile;
  form.dataset.undo = answer.undo;
  latest = { points: answer.points, version: answer.version, undo: answer.undo };
  remember(KNOWN, JSON.stringify(latest));
  if (!act.body.criterion || !answer.accepted) showPoints(withWaiting(answer.points));
});

function give(input) {
  const scale = input.closest(".scale");
  const body = { criterion: Number(scale.dataset.criterion), points: input.value, seconds: clock.seconds() };
  const label = `${form.dataset.number}, ${scale.querySelector("legend").textContent} ${input.nextElementSibling.textContent}`;
  tell("desk:act", { url: form.dataset.mark, about: assignment, label, body });
}

// The mark on which the arrows come to rest is the mark; those passed on the way are not.
function giveAtRest(input) {
  flush();
  resting = { input, timer: setTimeout(flush, ARROWS_REST) };
}

function flush() {
  if (!resting) return;
  clearTimeout(resting.timer);
  const { input } = resting;
  resting = null;
  if (input.checked) give(input);
}

// A mark that is still kept here is forgotten here; one that is saved is taken back by the server.
function takeBack() {
  flush();
  const { found } = tell("desk:cancel", { about: assignment });
  if (!found) {
    const label = `${form.dataset.number}, ${document.querySelector("#take-back button").textContent.trim()}`;
    tell("desk:act", { url: form.dataset.undo, about: assignment, label, body: {} });
    return;
  }
  const points = shownPoints();
  delete points[found.body.criterion];
  showPoints(withWaiting({ ...points, ...onlyOf(found.body.criterion, known().points) }));
}

const onlyOf = (criterion, points) => (points[criterion] ? { [criterion]: points[criterion] } : {});

function known() {
  const stored = JSON.parse(localStorage.getItem(KNOWN)) ?? { points: shownAtFirst, version: 0 };
  return latest?.version >= stored.version ? latest : stored;
}

function goOn() {
  flush();
  const given = Object.keys(shownPoints()).length;
  // The next page says it (js/said.js).
  if (given && given < scales.length) sessionStorage.setItem("desk:done", form.dataset.begun.replace("{given}", given));
  location.assign(document.getElementById("next-letter")?.href ?? form.dataset.desk);
}

function choose(scale, points) {
  const input = [...scale.querySelectorAll("input")].find((each) => Number(each.value) === points);
  if (!input) return false;
  input.checked = true;
  input.focus();
  flush();
  give(input);
  return true;
}

// Digits typed quickly make one number, so far as the scale goes: 7, 10, 7.5; a dot or comma and 5 give the half.
function digit(key, scale) {
  const recent = typed.scale === scale && performance.now() - typed.at < DIGITS_WITHIN;
  const text = (recent ? typed.text : "") + key;
  const chosen = choose(scale, Number(text)) ? text : choose(scale, Number(key)) ? key : "";
  typed = { scale, at: performance.now(), text: chosen };
}

function dot(scale) {
  const recent = typed.scale === scale && performance.now() - typed.at < DIGITS_WITHIN;
  const given = scale.querySelector("input:checked");
  const whole = recent ? typed.text : given ? String(Math.trunc(Number(given.value))) : "0";
  typed = { scale, at: performance.now(), text: `${whole}.` };
}

function scaleAt(target) {
  return target.closest(".scale") ?? scales.find((scale) => !scale.querySelector(":checked")) ?? scales[0];
}

// The clock of reading: it runs while the letter is before the eyes and nobody has paused; a page left lying does not count.
function clockOf(place) {
  const time = document.getElementById("clock-time");
  const button = document.getElementById("pause");
  let counted = Math.max(Number(place.dataset.seconds), Number(localStorage.getItem(SECONDS)));
  let paused = false;
  const show = () => { time.textContent = paused ? place.dataset.paused : `${Math.floor(counted / 60)}:${String(counted % 60).padStart(2, "0")}`; };
  const tick = () => {
    if (paused || document.hidden) return;
    counted += 1;
    remember(SECONDS, counted);
    show();
  };
  const pause = () => {
    paused = !paused;
    button.setAttribute("aria-pressed", paused);
    button.textContent = paused ? place.dataset.goOn : place.dataset.pause;
    form.closest(".desk").classList.toggle("desk-paused", paused);
    show();
  };
  place.hidden = false;
  button.addEventListener("click", pause);
  setInterval(tick, 1000);
  show();
  return { pause, seconds: () => counted };
}

const clock = clockOf(document.getElementById("clock"));

let byArrow = false;
form.addEventListener("change", (event) => {
  if (event.target.matches(".scale-input")) (byArrow ? giveAtRest : give)(event.target);
  byArrow = false;
});
// Every mark is an act already, so that the buttons only lead on.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  flush();
  if (event.submitter?.name === "next" || !event.submitter) goOn();
});
document.getElementById("take-back").addEventListener("submit", (event) => { event.preventDefault(); takeBack(); });
document.addEventListener("keydown", (event) => {
  byArrow = event.key.startsWith("Arrow");
  if (event.altKey || event.target.matches("textarea, input:not([type=radio])")) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) {
    event.preventDefault();
    takeBack();
  } else if (event.ctrlKey || event.metaKey) return;
  else if (/^\d$/.test(key)) digit(key, scaleAt(event.target));
  else if (key === "." || key === ",") dot(scaleAt(event.target));
  else if (key === "p") clock.pause();
  else if (key === "n" || (key === "enter" && event.target === document.body)) goOn();
});
document.addEventListener("keyup", () => { byArrow = false; });
addEventListener("pagehide", () => flush());

// A page fetched ahead does not know what was marked since; what is kept here does.
if (known().version > Number(form.dataset.version)) {
  form.dataset.undo = known().undo;
  showPoints(withWaiting(known().points));
} else {
  localStorage.removeItem(KNOWN);
  showPoints(withWaiting(shownAtFirst));
}
