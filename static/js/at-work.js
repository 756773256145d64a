/* A page about work in the background looks again by itself, after the seconds its link names; without this script the link
   does the same. Not while it is hidden, nor while somebody writes on it. */
"use strict";

(() => {
  const again = document.querySelector("a[data-at-work]");
  if (!again) return;
  const pause = 1000 * Number(again.dataset.atWork || 2);
  const isWriting = () => document.activeElement?.matches("input, select, textarea");
  const look = () => {
    if (isWriting()) setTimeout(look, pause);
    else if (document.hidden) document.addEventListener("visibilitychange", look, { once: true });
    else if (again.href === location.href) location.reload();
    else location.replace(again.href);
  };
  setTimeout(look, pause);
})();
