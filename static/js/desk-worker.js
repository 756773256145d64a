// The service worker of the desk: from the network whenever there is one, else what js/ahead.js has fetched.
// It keeps nothing itself, and answers nothing but GETs of this site.

const OFFLINE = "/judging/offline";
const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept(request) {
  const found = await caches.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
  if (found || request.mode !== "navigate") return found;
  return caches.match(OFFLINE, { ignoreVary: true });
}

async function answer(request) {
  try {
    const signal = request.mode === "navigate" ? AbortSignal.timeout(PATIENCE) : undefined;
    return await fetch(request, signal && { signal });
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const isOurs = new URL(event.request.url).origin === self.location.origin;
  if (isOurs && event.request.method === "GET") event.respondWith(answer(event.request));
});
