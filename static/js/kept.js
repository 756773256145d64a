// What the desk keeps until it is sent: marks, remarks, concerns, in this browser and under this judge alone.
// Pages say `document.dispatchEvent(new CustomEvent("desk:act", {detail}))` and hear `desk:answer`; nothing here knows a mark.
// An act: {key, url, body, about, label, at}. It is sent in order, once more until it is answered; the server knows its key.

const place = document.getElementById("kept");
const mine = `desk:${place.dataset.owner}:`;
const ACTS = `${mine}acts`;
const REFUSED = `${mine}refused`;
const RETRY = 3000;

let token = document.querySelector("meta[name=csrf-token]").content;
let waking = null;
let signedOut = false;
// Told until this page is left: what was refused or could not be sent, and found no room in this browser.
let unkept = [];

const read = (name) => JSON.parse(localStorage.getItem(name) ?? "[]");
const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));

// A school's computer is used by many. What another judge has not sent yet stays, unshown, until that judge is here again;
// whatever else another judge has left is forgotten.
function forgetOthers() {
  const names = Array.from({ length: localStorage.length }, (_unused, index) => localStorage.key(index));
  const isOthers = (name) => name.startsWith("desk:") && !name.startsWith(mine) && !/:(acts|refused)$/.test(name);
  for (const name of names.filter(isOthers)) localStorage.removeItem(name);
}

// Whether this browser had room for it: a full one keeps nothing, and says so by an error.
function wrote(name, value) {
  try {
    write(name, value);
    return true;
  } catch {
    return false;
  }
}

function newKey() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function list(id, acts, words) {
  document.getElementById(id).replaceChildren(...acts.map((act) => {
    const line = document.createElement("li");
    line.textContent = words(act);
    return line;
  }));
}

function show() {
  const acts = waking || signedOut || !navigator.onLine ? read(ACTS) : [];
  const refused = [...read(REFUSED), ...unkept];
  place.hidden = !acts.length && !refused.length;
  document.getElementById("kept-said").textContent = acts.length ? place.dataset[signedOut ? "signedOut" : "waiting"] : "";
  document.getElementById("kept-refused-said").textContent = refused.length ? place.dataset.refused : "";
  list("kept-waiting", acts, (act) => act.label);
  list("kept-refused", refused, (act) => `${act.label}: ${act.said}`);
  document.getElementById("kept-forget").hidden = !refused.length;
}

function answered(act, answer) {
  if (read(ACTS).some((each) => each.key === act.key)) write(ACTS, read(ACTS).filter((each) => each.key !== act.key));
  const refused = { ...act, said: answer.said };
  if (!answer.accepted && !wrote(REFUSED, [...read(REFUSED), refused])) unkept.push(refused);
  document.dispatchEvent(new CustomEvent("desk:answer", { detail: { act, answer, left: read(ACTS) } }));
}

function request(act) {
  const kept_for = Math.max(0, Math.round((Date.now() - act.at) / 1000));
  return fetch(act.url, {
    method: "POST",
    keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...act.body, key: act.key, kept_for }),
  });
}

const isOurs = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

// After signing in anew the page at hand carries the token of the session before.
async function renewToken() {
  const answer = await fetch(place.dataset.desk, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("meta[name=csrf-token]")?.content;
  const owner = page.getElementById("kept")?.dataset.owner;
  if (!found || owner !== place.dataset.owner) return false;
  token = found;
  return true;
}

// What the server said to one act, or null if it could not say: then the act stays and is sent again.
async function post(act) {
  let answer = await request(act);
  if (answer.status === 400 && await renewToken()) answer = await request(act);
  signedOut = answer.redirected || answer.status === 400;
  if (signedOut || answer.status >= 500 || answer.status === 429) return null;
  if (answer.status === 404) return { accepted: false, said: place.dataset.gone };
  return isOurs(answer) ? { accepted: answer.ok, ...(await answer.json()) } : null;
}

// One window at a time sends, so that the order holds; without locks the keys keep everything single.
function send() {
  clearTimeout(waking);
  waking = null;
  if (!navigator.locks) return sendAll();
  return navigator.locks.request(`${mine}sending`, { ifAvailable: true }, (lock) => (lock ? sendAll() : wakeLater()));
}

function wakeLater() {
  waking ??= setTimeout(send, RETRY);
}

async function sendAll() {
  try {
    for (let [act] = read(ACTS); act; [act] = read(ACTS)) {
      const answer = await post(act);
      if (!answer) {
        wakeLater();
        break;
      }
      answered(act, answer);
    }
  } catch {
    wakeLater();
  }
  show();
}

// An act that this browser has no room to keep is sent at once, after those before it. One that can be neither kept nor sent
// has not been done, and the page hears so.
async function sendUnkept(act) {
  await sendAll();
  const answer = read(ACTS).length ? null : await post(act).catch(() => null);
  answered(act, answer ?? { accepted: false, said: place.dataset.full });
  show();
  return Boolean(answer?.accepted);
}

// `detail.done` says whether the act is in good hands, so that a page may be left; `detail.tried` ends once sending was tried.
document.addEventListener("desk:act", (event) => {
  const act = { key: newKey(), at: Date.now(), ...event.detail };
  if (wrote(ACTS, [...read(ACTS), act])) {
    event.detail.done = Promise.resolve(true);
    event.detail.tried = send();
  } else event.detail.done = sendUnkept(act);
});
// An act that has not been sent yet can be taken back here; `detail.found` says whether one was.
document.addEventListener("desk:cancel", (event) => {
  const acts = read(ACTS);
  const last = acts.findLastIndex((act) => act.about === event.detail.about && act.body.criterion);
  if (last < 0 || (last === 0 && !waking)) return;
  [event.detail.found] = acts.splice(last, 1);
  write(ACTS, acts);
  show();
});
document.addEventListener("desk:waiting", (event) => { event.detail.acts = read(ACTS); });

document.getElementById("kept-forget").addEventListener("click", () => { unkept = []; write(REFUSED, []); show(); });
addEventListener("online", send);
addEventListener("offline", show);
addEventListener("storage", show);
addEventListener("pageshow", send);

forgetOthers();
send();
show();
