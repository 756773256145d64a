// The letter saves itself while it is typed. What the server has not acknowledged is kept on this device, and no
// window ever overwrites what another has saved: it asks. Without this script the Save button does the same.

const form = document.querySelector("form.writing");
const body = form.elements.body;
const saved = document.getElementById("saved");
const words = document.getElementById("words");
const conflict = document.getElementById("conflict");
const theirs = document.getElementById("theirs");
const keptAs = `letter-${form.dataset.letter}`;
const PAUSE = 1500;
const RETRY = 5000;

let timer = null;
let saving = false;
let acknowledged = body.value;
let other = null;

const WORD = /[\p{L}\p{N}_]+(?:['’\-.][\p{L}\p{N}_]+)*/gu;
const countWords = (text) => (text.normalize("NFC").match(WORD) ?? []).length;
const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

function showWords(count) {
  const limit = Number(form.dataset.limit);
  const over = count > limit;
  words.textContent = over
    ? filled(form.dataset.over, { count: count - limit })
    : filled(form.dataset.words, { count, limit });
  words.classList.toggle("writing-over", over);
}

function showChecks(checks) {
  for (const [part, found] of Object.entries(checks)) {
    const item = form.querySelector(`[data-part="${part}"]`);
    item.className = found ? "precheck-found" : "precheck-missing";
    item.querySelector(".precheck-word").textContent = found ? form.dataset.found : form.dataset.missing;
  }
}

function say(text) {
  if (saved.textContent !== text) saved.textContent = text;
}

function keepHere() {
  try {
    localStorage.setItem(keptAs, JSON.stringify({ body: body.value, revision: form.elements.revision.value }));
  } catch { /* a full or forbidden store: the server's copy is what counts */ }
}

function forgetHere() {
  try {
    localStorage.removeItem(keptAs);
  } catch { /* as above */ }
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function save() {
  if (saving || other || body.value === acknowledged) return;
  saving = true;
  const sent = body.value;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify({ body: sent, revision: form.elements.revision.value }),
    });
    await understand(answer, sent);
  } catch {
    say(form.dataset.offline);
    later(RETRY);
  } finally {
    saving = false;
  }
}

async function understand(answer, sent) {
  const said = await answer.json();
  if (answer.ok) {
    acknowledged = sent;
    form.elements.revision.value = said.revision;
    showChecks(said.checks);
    if (body.value === sent) {
      forgetHere();
      say(said.saved);
    } else later(PAUSE);
  } else if (answer.status === 409) ask(said);
  else say(said.message);
}

function ask(said) {
  other = said;
  theirs.value = said.body;
  conflict.hidden = false;
  say(said.message);
  conflict.scrollIntoView({ block: "nearest" });
}

function decided(text) {
  form.elements.revision.value = other.revision;
  acknowledged = other.body;
  other = null;
  conflict.hidden = true;
  body.value = text;
  showWords(countWords(text));
  later(0);
}

function recover() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(keptAs));
  } catch { /* nothing that can be read is nothing */ }
  if (!kept || kept.body === body.value) return forgetHere();
  const onServer = { body: body.value, revision: form.elements.revision.value, message: form.dataset.recovered };
  body.value = kept.body;
  if (kept.revision !== onServer.revision) return ask(onServer);
  say(form.dataset.recovered);
  later(PAUSE);
}

body.addEventListener("input", () => {
  showWords(countWords(body.value));
  say(form.dataset.unsaved);
  keepHere();
  later(PAUSE);
});
window.addEventListener("online", () => later(0));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
document.getElementById("keep-mine").addEventListener("click", () => decided(body.value));
document.getElementById("keep-theirs").addEventListener("click", () => decided(other.body));
recover();
showWords(countWords(body.value));
