// Reading aids: sheets that come closer, are turned and drawn by finger or mouse, and text of the size one likes.
// The size is remembered in this browser, the turn of a sheet for as long as it lies on the desk.
// Without this script a sheet opens large in its own window.

const CLOSEST = 6;
const STEP = 1.3;
const SIZES = [1.125, 1.3125, 1.5, 1.75, 2.125];

const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } };
const remembered = (name, otherwise) => Number(localStorage.getItem(name) ?? otherwise);

// One size for every text on the page: two letters beside each other are read alike.
function textSizes(texts) {
  const name = `desk:${texts[0].dataset.owner}:size`;
  let size = remembered(name, 1);
  const set = (step) => {
    size = Math.min(SIZES.length - 1, Math.max(0, size + step));
    for (const text of texts) text.style.setProperty("--letter-size", `${SIZES[size]}rem`);
    remember(name, size);
  };
  for (const text of texts) {
    const tools = text.querySelector(".text-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => set(Number(event.target.dataset.size ?? 0)));
  }
  set(0);
  return { closer: () => set(1), farther: () => set(-1) };
}

// One sheet behind its window: `zoom` times as large, turned by quarter turns, moved by x and y pixels.
function viewer(sheet) {
  const frame = sheet.querySelector(".scan-window");
  const picture = frame.querySelector("img");
  const name = `desk:${sheet.dataset.owner}:turn:${sheet.dataset.sheet}`;
  const fingers = new Map();
  let view = { zoom: 1, x: 0, y: 0, turn: remembered(name, 0) };
  let moved = false;

  const isLying = () => view.turn % 2 === 1;

  function draw() {
    const { clientWidth: width } = frame;
    const ratio = picture.naturalHeight / picture.naturalWidth || 1.4;
    const fit = isLying() ? 1 / ratio : 1;
    frame.style.setProperty("height", `${Math.round(width * (isLying() ? 1 / ratio : ratio))}px`);
    const height = frame.clientHeight;
    const slackX = (width * view.zoom - width) / 2;
    const slackY = (height * view.zoom - height) / 2;
    view.x = Math.min(slackX, Math.max(-slackX, view.x));
    view.y = Math.min(slackY, Math.max(-slackY, view.y));
    picture.style.transform = `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) rotate(${view.turn * 90}deg) scale(${view.zoom * fit})`;
    frame.classList.toggle("scan-close", view.zoom > 1);
  }

  function zoomTo(zoom) {
    const bounded = Math.min(CLOSEST, Math.max(1, zoom));
    view = { ...view, zoom: bounded, x: view.x * bounded / view.zoom, y: view.y * bounded / view.zoom };
    draw();
  }

  const acts = {
    closer: () => zoomTo(view.zoom * STEP),
    farther: () => zoomTo(view.zoom / STEP),
    whole: () => zoomTo(1),
    turn: () => {
      view = { ...view, turn: (view.turn + 1) % 4, x: 0, y: 0 };
      remember(name, view.turn);
      draw();
    },
  };

  const spread = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };

  frame.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    moved = false;
  });
  frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const apart = fingers.size === 2 ? spread() : 0;
    const dx = event.clientX - before.x;
    const dy = event.clientY - before.y;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) zoomTo(view.zoom * spread() / (apart || 1));
    else if (view.zoom > 1) {
      view = { ...view, x: view.x + dx, y: view.y + dy };
      draw();
    }
    moved ||= fingers.size === 2 || Math.hypot(dx, dy) > 3;
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) frame.addEventListener(end, (event) => fingers.delete(event.pointerId));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => {
    event.preventDefault();
    if (!moved) acts[view.zoom > 1 ? "whole" : "closer"]();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomTo(view.zoom * (event.deltaY < 0 ? STEP : 1 / STEP));
  }, { passive: false });

  const tools = sheet.querySelector(".tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => acts[event.target.dataset.act]?.());
  sheet.classList.add("scan-handled");
  if (picture.complete) draw();
  picture.addEventListener("load", draw);
  addEventListener("resize", draw);
  return acts;
}

const sheets = [...document.querySelectorAll(".scan")].map((sheet) => ({ sheet, acts: viewer(sheet) }));
const texts = [...document.querySelectorAll(".typed")];
const sizes = texts.length ? textSizes(texts) : null;

// Keys are for the sheet that lies under the eyes: the first that reaches into the upper half of the window.
function atHand() {
  const seen = sheets.find(({ sheet }) => sheet.getBoundingClientRect().bottom > innerHeight / 3);
  return sizes ?? (seen ?? sheets.at(-1))?.acts;
}

const KEYS = { "+": "closer", "=": "closer", "-": "farther", t: "turn", w: "whole" };
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("textarea, input:not([type=radio])")) return;
  const act = KEYS[event.key.toLowerCase()];
  if (act) atHand()?.[act]?.();
});
