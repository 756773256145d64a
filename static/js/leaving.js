// A judge signs out: this browser forgets the letters it kept to be read without network, and what it knew of this judge.
// What has not been sent yet stays, whoever it is of, and is sent when its judge signs in here again (js/kept.js).
// Without this script the server has the browser forget everything.

const { owner, ask } = document.currentScript.dataset;
const UNSENT = /^desk:\d+:(acts|refused)$/;

function names() {
  return Array.from({ length: localStorage.length }, (_unused, index) => localStorage.key(index));
}

const isEmpty = (name) => JSON.parse(localStorage.getItem(name) ?? "[]").length === 0;

function forgetNames() {
  for (const name of names()) {
    if (name.startsWith("desk:") && (!UNSENT.test(name) || isEmpty(name))) localStorage.removeItem(name);
  }
}

async function forgetLetters() {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) if (name.startsWith("desk-")) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}

async function leave(form) {
  try {
    await forgetLetters();
    forgetNames();
    if (names().some((name) => UNSENT.test(name))) {
      const told = document.createElement("input");
      Object.assign(told, { type: "hidden", name: "keeps", value: "unsent" });
      form.append(told);
    }
  } catch {
    // Then the server has the browser forget everything.
  }
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches('form[action$="/account/sign-out"]')) return;
  event.preventDefault();
  if (isEmpty(`desk:${owner}:acts`) || confirm(ask)) leave(form);
});
