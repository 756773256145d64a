/* The photograph that was asked about beside its answers: a small copy that stays in this window and is sent to nobody.
   Without this script, or where the browser cannot draw the photograph, the answers stand alone. */
"use strict";

(() => {
  const KEPT = "photograph";
  const SIDE = 480;
  const STARTS = "data:image/jpeg;base64,";

  function keep(found) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(found));
    } catch {
      // No room, or not allowed: then there is nothing beside the answers.
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  }

  async function drawn(file) {
    const whole = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(whole.width, whole.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(whole.width * scale));
    canvas.height = Math.max(1, Math.round(whole.height * scale));
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    return canvas.toDataURL("image/jpeg", 0.8);
  }

  const chosen = document.querySelector("input[type=file][name=picture]");
  async function look() {
    const file = chosen.files[0];
    keep({});
    if (file) keep({ picture: await drawn(file).catch(() => "") });
  }
  if (chosen) {
    chosen.addEventListener("change", look);
    if (chosen.files.length) look();
  }

  // The answers: the first page of them takes the photograph that was just sent, and no other page does.
  const place = document.querySelector("[data-photograph]");
  if (!place) return;
  const of = place.dataset.photograph;
  const { picture, asked } = kept();
  const isSent = !asked && document.referrer && new URL(document.referrer).pathname === place.dataset.from;
  if (!picture?.startsWith(STARTS) || !(asked === of || isSent)) return;
  keep({ picture, asked: of });
  const image = document.createElement("img");
  image.alt = place.dataset.alt;
  image.src = picture;
  place.prepend(image);
  place.hidden = false;
})();
