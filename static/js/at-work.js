/* A page about work in the background looks again by itself; without this script its link does the same. */
"use strict";

(() => {
  const PAUSE = 2000;
  const again = document.querySelector("a[data-at-work]");
  if (!again) return;
  setTimeout(() => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => location.replace(again.href), { once: true });
    } else {
      location.replace(again.href);
    }
  }, PAUSE);
})();
