// Marking stamps by one key while looking through the catalogue: with a link to a stamp or an issue in focus, H means
// “I have it”, W “I want it”, S “I have it to swap”, U takes the last marking back. On a stamp's own page the keys are
// for that stamp. Without this script the forms of the page do the same.

const { url: address, failed } = document.currentScript.dataset;
const DOES = { h: "have", w: "want", s: "swap" };
const NOT_STAMPS = /^\/stamps\/(issues|topics|series|makers|countries|joint-issues|paths|pictures)(\/|$)/;
let undo = null;

function named(element) {
  const link = element.closest?.("a[href]") ?? element.querySelector?.("a[href^='/stamps/']");
  const path = link ? new URL(link.href).pathname : "";
  const issue = path.match(/^\/stamps\/issues\/([a-z0-9][a-z0-9-]*)$/);
  if (issue) return { field: "issue", key: issue[1], link };
  const stamp = NOT_STAMPS.test(path) ? null : path.match(/^\/stamps\/([a-z0-9][a-z0-9-]*)$/);
  if (stamp) return { field: "stamp", key: stamp[1], link };
  const page = document.querySelector("[data-stamp]");
  return page && element === document.body ? { field: "stamp", key: page.dataset.stamp, link: null } : null;
}

async function send(url, fields) {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", document.querySelector("meta[name='csrf-token']").content);
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function show(said, place) {
  let line = document.querySelector(".marked-line");
  if (!line) {
    line = document.createElement("p");
    line.className = "marked-line";
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  line.textContent = said;
  if (place) for (const [key, status] of Object.entries(place.statuses)) relabel(key, status, place.words);
}

// The words beside links to a stamp are put right; those of an issue are as they are until the page is opened again.
function relabel(key, status, words) {
  for (const link of document.querySelectorAll(`main a[href$="/stamps/${CSS.escape(key)}"]`)) {
    const around = link.closest("li, tr, article, .card") ?? link.parentElement;
    for (const badge of around.querySelectorAll(".tag")) if (words.includes(badge.textContent.trim())) badge.remove();
    if (!status) continue;
    const badge = document.createElement("span");
    badge.className = "tag tag-green";
    badge.textContent = status;
    link.after(" ", badge);
  }
}

async function press(event) {
  const isTyping = event.target.closest?.("input:not([type='checkbox']), textarea, select");
  if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const thing = key in DOES ? named(event.target) : null;
  if (key === "u" && undo) {
    event.preventDefault();
    const answer = await send(undo, {});
    undo = null;
    show(answer.said, answer);
  } else if (key === "u") {
    document.querySelector(".undo button")?.click();
  } else if (thing) {
    event.preventDefault();
    const answer = await send(address, { [thing.field]: thing.key, do: DOES[key] });
    undo = answer.undo;
    show(answer.said, answer);
    if (!thing.link) location.reload();
  }
}

document.addEventListener("keydown", (event) => {
  press(event).catch(() => show(failed));
});
