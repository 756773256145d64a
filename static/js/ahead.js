// Letters for an hour without network: the next ones of the pile are fetched while there is a network and kept in this
// browser until this judge signs out (the server then has the browser forget everything) or another one signs in.

const place = document.getElementById("kept");
const SHELF = `desk-${place.dataset.owner}`;

async function forgetOthers() {
  for (const name of await caches.keys()) if (name.startsWith("desk-") && name !== SHELF) await caches.delete(name);
}

async function keep(shelf, address) {
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) await shelf.put(address, answer);
}

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
  const looks = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => name.includes("/static/"));
  for (const path of known) if (!wanted.has(path) && !path.includes("/static/")) await shelf.delete(path);
  for (const sheet of sheets) if (!known.has(sheet)) await keep(shelf, sheet);
  for (const address of [...fresh, ...looks]) await keep(shelf, address);
  for (const address of pages) if (!await isYoung(shelf, address)) await keep(shelf, address);
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
