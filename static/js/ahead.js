// Letters for an hour without network: the next ones of the pile are fetched while there is a network and kept in this
// browser until this judge signs out (the server then has the browser forget everything) or another one signs in.

const place = document.getElementById("kept");
const SHELF = `desk-${place.dataset.owner}`;

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("desk-") && name !== SHELF) await caches.delete(name);
}

async function keep(shelf, address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return "";
  const copy = answer.clone();
  await shelf.put(address, answer);
  return copy.headers.get("Content-Type")?.startsWith("text/html") ? copy.text() : "";
}

// Scripts and styles: of this page with what its styles bring along, and of pages fetched ahead, which need others.
const looksHere = () => performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/static/"));
const looksOf = (html) => [...html.matchAll(/(?:src|href)="([^"]*\/static\/[^"]+)"/g)].map((found) => new URL(found[1].replaceAll("&amp;", "&"), location.href).href);

// A page that waits unchanged is fetched once; after so many minutes once more, for what lies around it has moved.
const YOUNG = 15 * 60 * 1000;

async function isYoung(shelf, address) {
  const known = await shelf.match(address, { ignoreVary: true });
  return known && Date.now() - Date.parse(known.headers.get("Date")) < YOUNG;
}

async function fetchAhead() {
  const answer = await fetch(place.dataset.ahead, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const { fresh, pages, sheets } = await answer.json();
  const shelf = await caches.open(SHELF);
  const known = new Set((await shelf.keys()).map((request) => new URL(request.url).pathname));
  const wanted = new Set([...fresh, ...pages, ...sheets]);
  const looks = new Set(looksHere());
  for (const path of known) if (!wanted.has(path) && !path.includes("/static/")) await shelf.delete(path);
  for (const sheet of sheets) if (!known.has(sheet)) await keep(shelf, sheet);
  const due = [...fresh];
  for (const address of pages) if (!await isYoung(shelf, address)) due.push(address);
  for (const address of due) for (const look of looksOf(await keep(shelf, address))) looks.add(look);
  for (const look of looks) if (!await shelf.match(look)) await keep(shelf, look);
  place.dataset.fetched = fresh.length + pages.length;
}

if ("serviceWorker" in navigator && "caches" in window) {
  try {
    await navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.desk });
    await forgetOthers();
    await fetchAhead();
  } catch {
    // Without network there is nothing to fetch; without a worker the desk works as long as there is one.
  }
}
