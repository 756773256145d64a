// The letter saves itself while it is typed. What the server has not acknowledged is kept on this device, and no
// window ever overwrites what another has saved: it asks. Without this script the Save button does the same.

const form = document.querySelector("form.writing");
const body = form.elements.body;
const revision = form.elements.revision;
const saved = document.getElementById("saved");
const words = document.getElementById("words");
const conflict = document.getElementById("conflict");
const theirs = document.getElementById("theirs");
const keptAs = `letter-${form.dataset.letter}`;
const PAUSE = 1500;
const RETRY = 5000;
// Browsers let no more than 64 KiB go out behind a page that is being closed.
const LONGEST_LAST_WORD = 20000;

let timer = null;
let saving = false;
// A page that was refused shows words the server does not have.
let acknowledged = form.dataset.refused ? null : body.value;
let other = null;

const WORD = /[\p{L}\p{N}_]+(?:['’\-.][\p{L}\p{N}_]+)*/gu;
const countWords = (text) => (text.normalize("NFC").match(WORD) ?? []).length;
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

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
    localStorage.setItem(keptAs, JSON.stringify({ body: body.value, revision: revision.value }));
  } catch { /* a full or forbidden store: the server's copy is what counts */ }
}

function forgetHere() {
  try {
    localStorage.removeItem(keptAs);
  } catch { /* as above */ }
}

function keptHere() {
  try {
    return JSON.parse(localStorage.getItem(keptAs));
  } catch { /* nothing that can be read is nothing */
    return null;
  }
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
  const answer = await send(sent);
  saving = false;
  if (answer === null) {
    say(form.dataset.offline);
    later(RETRY);
  } else if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    say(form.dataset.signedOut); // a page of ours instead of an answer: signed out, or gone
  } else {
    understand(answer, await answer.json(), sent);
  }
}

async function send(text) {
  try {
    return await fetch(form.dataset.save, {
      method: "POST",
      keepalive: text.length < LONGEST_LAST_WORD,
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify({ body: text, revision: revision.value }),
    });
  } catch {
    return null;
  }
}

function understand(answer, said, sent) {
  if (answer.status === 409) return ask(said);
  if (answer.ok) {
    acknowledged = sent;
    revision.value = said.revision;
    showChecks(said.checks);
  }
  if (body.value !== sent) {
    keepHere();
    later(PAUSE);
  } else if (answer.ok) {
    forgetHere();
    say(said.saved);
  } else say(said.message);
}

function ask(said) {
  other = said;
  theirs.value = said.body;
  document.getElementById("without-script").hidden = true;
  document.getElementById("with-script").hidden = false;
  conflict.hidden = false;
  say(said.message);
  conflict.scrollIntoView({ block: "nearest" });
}

function decided(text) {
  revision.value = other.revision;
  acknowledged = other.body;
  other = null;
  conflict.hidden = true;
  body.value = text;
  showWords(countWords(text));
  keepHere();
  if (text === acknowledged) {
    forgetHere();
    say("");
  } else later(0);
}

function recover() {
  if (form.dataset.refused) {
    keepHere();
    if (!conflict.hidden) ask({ body: theirs.value, revision: revision.value, message: saved.textContent });
    return;
  }
  const kept = keptHere();
  if (!kept || kept.body === body.value) return forgetHere();
  const onServer = { body: body.value, revision: revision.value, message: form.dataset.recovered };
  body.value = kept.body;
  if (kept.revision !== onServer.revision) return ask(onServer);
  say(form.dataset.recovered);
  later(PAUSE);
}

body.addEventListener("input", () => {
  showWords(countWords(body.value));
  if (!other) say(form.dataset.unsaved);
  keepHere();
  later(PAUSE);
});
window.addEventListener("online", () => later(0));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
document.getElementById("keep-mine").addEventListener("click", () => decided(body.value));
document.getElementById("keep-theirs").addEventListener("click", () => decided(other.body));
recover();
showWords(countWords(body.value));
