// The judge's desk: each mark is saved as it is given and tried again until it is; digits mark, N goes on, Z takes back.
// Without this script the Save buttons do the same.

const form = document.querySelector("form.marking");
const saved = document.getElementById("saved");
const pile = document.getElementById("pile");
const DIGITS_WITHIN = 900;
const ARROWS_REST = 400;
const RETRY = 3000;

const token = form.elements.csrf_token.value;
const scales = [...form.querySelectorAll(".scale")];
// Acts not yet answered, oldest first: {criterion, points}, or {} for taking back.
const waiting = [];
let sending = false;
let leaving = null;
let resting = null;
let typed = { scale: null, at: 0, text: "" };

async function post(act) {
  const answer = await fetch("criterion" in act ? form.dataset.mark : form.dataset.undo, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(act),
  });
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  return isOurs ? { accepted: answer.ok, ...(await answer.json()) } : { accepted: false, said: form.dataset.refused };
}

function showPoints(points) {
  for (const scale of scales) {
    for (const input of scale.querySelectorAll("input")) input.checked = input.value === points[scale.dataset.criterion];
  }
}

function show(act, answer) {
  saved.textContent = answer.said;
  if (!answer.points) return;
  pile.textContent = answer.pile;
  form.dataset.undo = answer.undo;
  const isMark = "criterion" in act && answer.accepted;
  if (!isMark && !waiting.length) showPoints(answer.points);
}

async function send() {
  if (sending || !waiting.length) return;
  sending = true;
  try {
    const act = waiting[0];
    const answer = await post(act);
    waiting.shift();
    show(act, answer);
    if (!answer.accepted) leaving = null;
  } catch {
    saved.textContent = form.dataset.failed;
    await new Promise((resolve) => { setTimeout(resolve, RETRY); });
  }
  sending = false;
  if (waiting.length) send();
  else if (leaving) location.assign(leaving);
}

function give(input) {
  waiting.push({ criterion: Number(input.closest(".scale").dataset.criterion), points: input.value });
  send();
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

function takeBack() {
  flush();
  waiting.push({});
  send();
}

function goOn() {
  flush();
  leaving = document.getElementById("next-letter")?.href ?? form.dataset.desk;
  if (!waiting.length) location.assign(leaving);
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

let byArrow = false;
form.addEventListener("change", (event) => {
  if (event.target.matches(".scale-input")) (byArrow ? giveAtRest : give)(event.target);
  byArrow = false;
});
form.addEventListener("submit", () => { waiting.length = 0; resting = null; });
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
  else if (key === "n" || (key === "enter" && event.target === document.body)) goOn();
});
document.addEventListener("keyup", () => { byArrow = false; });
addEventListener("pagehide", () => flush());
addEventListener("beforeunload", (event) => { if (waiting.length || resting) event.preventDefault(); });
