// What a judge says beside marks: remarks, “this child may be in distress”, “I recognise this child”. Each is an act like a mark
// (js/kept.js keeps and sends it). Beside its own button stands what has come of it; a letter that somebody recognises leaves the
// desk at once, with or without network. Without this script the forms are sent.

const place = document.getElementById("kept");
const done = document.getElementById("kept-done");
const DONE = "desk:done";
const PATIENCE = 4000;

const pathOf = (address) => new URL(address, location.href).pathname;

function waiting() {
  const detail = {};
  document.dispatchEvent(new CustomEvent("desk:waiting", { detail }));
  return detail.acts ?? [];
}

// Until the server has answered or it is plain that it cannot be reached.
async function tried(detail) {
  document.dispatchEvent(new CustomEvent("desk:act", { detail }));
  const isDone = await detail.done;
  await Promise.race([detail.tried, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
  return isDone;
}

const labelled = (label) => [document.querySelector("[data-number]")?.dataset.number, label].filter(Boolean).join(", ");

function tellBeside(form) {
  const url = form.dataset.kept;
  const said = form.querySelector(".said-so");
  const tell = () => { if (waiting().some((act) => act.url === url)) said.textContent = form.dataset.unsent; };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { csrf_token: _token, ...body } = Object.fromEntries(new FormData(form));
    said.textContent = "";
    await tried({ url, body, label: labelled(form.dataset.label) });
    tell();
  });
  document.addEventListener("desk:answer", ({ detail: { act, answer } }) => { if (act.url === url) said.textContent = answer.said; });
  tell();
}

function leaveBy(form) {
  const detail = { url: pathOf(form.action), leaves: location.pathname, body: {}, label: labelled(form.querySelector("button").textContent.trim()) };
  document.addEventListener("desk:answer", ({ detail: { act, answer } }) => {
    if (act.url === detail.url && answer.accepted) sessionStorage.setItem(DONE, answer.said);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    document.querySelector("main").hidden = true;
    if (await tried({ ...detail })) location.assign(place.dataset.desk);
    else document.querySelector("main").hidden = false;
  });
}

// Pages fetched ahead do not know which letters have left since.
function withoutThoseThatLeave() {
  const gone = new Set(waiting().map((act) => act.leaves).filter(Boolean));
  if (gone.has(location.pathname)) location.replace(document.querySelector("[data-leaves]")?.dataset.leaves || place.dataset.desk);
  for (const link of document.querySelectorAll("main :is(td, li) a[href]")) {
    if (gone.has(pathOf(link.href))) link.closest("tr, li").remove();
  }
}

for (const form of document.querySelectorAll("form[data-kept]")) tellBeside(form);
for (const form of document.querySelectorAll("[data-leaves] form")) leaveBy(form);
withoutThoseThatLeave();
done.textContent = sessionStorage.getItem(DONE) ?? "";
done.hidden = !done.textContent;
sessionStorage.removeItem(DONE);
