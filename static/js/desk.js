// The judge's desk: each mark is saved as it is given and tried again until it is; digits mark, N goes on, Z takes back.
// Without this script the Save button does the same.

const form = document.querySelector("form.marking");
const saved = document.getElementById("saved");
const pile = document.getElementById("pile");
const next = document.getElementById("next-letter");
const HALF_WITHIN = 900;
const RETRY = 3000;

const token = form.elements.csrf_token.value;
const queue = [];
let sending = false;
let typed = { scale: null, at: 0, value: null };

async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  return [answer.ok, await answer.json()];
}

function show(state) {
  pile.textContent = state.pile;
  saved.textContent = state.saved;
}

function showPoints(points) {
  for (const scale of form.querySelectorAll(".scale")) {
    const given = points[scale.dataset.criterion];
    for (const input of scale.querySelectorAll("input")) {
      input.checked = given !== undefined && Number(input.value) === Number(given);
    }
  }
}

async function send() {
  if (sending || !queue.length) return;
  sending = true;
  const [address, body, whole] = queue[0];
  try {
    const [accepted, said] = await post(address, body);
    queue.shift();
    if (accepted) {
      show(said);
      if (whole) showPoints(said.points);
    } else saved.textContent = said.message;
    sending = false;
    send();
  } catch {
    saved.textContent = form.dataset.failed;
    setTimeout(() => { sending = false; send(); }, RETRY);
  }
}

function give(input) {
  const criterion = Number(input.closest(".scale").dataset.criterion);
  queue.push([form.dataset.mark, { criterion, points: input.value }, false]);
  send();
}

function takeBack() {
  queue.push([form.dataset.undo, {}, true]);
  send();
}

function scaleAt(target) {
  return target.closest(".scale") ?? form.querySelector(".scale:not(:has(input:checked))") ?? form.querySelector(".scale");
}

function choose(scale, value) {
  const input = [...scale.querySelectorAll("input")].find((each) => Number(each.value) === value);
  if (!input) return false;
  input.checked = true;
  input.focus();
  give(input);
  return true;
}

// A digit gives the whole mark; 1 and then 0 gives ten; a dot or comma and 5 gives the half.
function digit(key, scale) {
  const recent = typed.scale === scale && performance.now() - typed.at < HALF_WITHIN;
  let value = Number(key);
  if (recent && typed.half) value = typed.value + (key === "5" ? 0.5 : 0);
  else if (recent && typed.value === 1 && key === "0") value = 10;
  if (choose(scale, value)) typed = { scale, at: performance.now(), value, half: false };
}

form.addEventListener("change", (event) => event.target.matches(".scale-input") && give(event.target));
document.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea, input:not([type=radio])")) return;
  const undo = event.key.toLowerCase() === "z" && !event.shiftKey && !event.altKey;
  if (undo) {
    event.preventDefault();
    return takeBack();
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const scale = scaleAt(event.target);
  if (/^\d$/.test(event.key)) digit(event.key, scale);
  else if (event.key === "." || event.key === ",") typed = { ...typed, scale, at: performance.now(), half: true };
  else if (event.key.toLowerCase() === "n" && next && !queue.length) next.click();
});
window.addEventListener("beforeunload", (event) => queue.length && event.preventDefault());
