// A whole set by keyboard: Enter goes down and, at the end, makes the next stamp counted on; arrows keep the column;
// Ctrl with an arrow fills down; Ctrl+Enter saves. Without this script the buttons below the rows do the same.

const form = document.getElementById("set");
const table = form.querySelector(".set-rows");
const pattern = document.getElementById("blank-row");
const STAMP = "stamp";

const items = () => [...table.querySelectorAll(".item")];
const cell = (item, name) => item.querySelector(`[data-field="${name}"]`);
const names = (item) => [...item.querySelectorAll("[data-field]")].map((each) => each.dataset.field);

// `2910` is `2911`, `Mi:VN 2910a` is `Mi:VN 2911`: see rules.counted_on, which says the same without a script.
function countedOn(number) {
  const dated = /^(.*\d)(\.(?:19|20)?\d\d)$/.exec(number);
  if (dated) return countedOn(dated[1]) + dated[2];
  const found = /(\d+)(\D*)$/.exec(number);
  if (!found) return "";
  const next = String(BigInt(found[1]) + 1n).padStart(found[1].length, "0");
  const suffix = /^\s*\p{L}+\s*$/u.test(found[2]) ? "" : found[2];
  return number.slice(0, found.index) + next + suffix;
}

function nextPosition(position) {
  const found = /^\s*(\d+)-(\d+)\s*$/.exec(position);
  return found && Number(found[2]) < Number(found[1]) ? `${found[1]}-${Number(found[2]) + 1}` : "";
}

function newItem() {
  const numbers = items().map((item) => Number(item.dataset.row));
  const next = Math.max(-1, ...numbers) + 1;
  if (items().length >= Number(table.dataset.most)) return null;
  const made = document.createElement("div");
  made.innerHTML = pattern.innerHTML.replaceAll("__n__", String(next));
  const item = made.querySelector(".item");
  table.append(item);
  return item;
}

function nextStamp() {
  const last = items().at(-1);
  const item = newItem();
  if (!item || !last) return item;
  for (const name of names(last)) cell(item, name).value = cell(last, name).value;
  cell(item, "face_value").value = "";
  cell(item, "number").value = countedOn(cell(last, "number").value);
  cell(item, "position").value = nextPosition(cell(last, "position").value);
  const numbers = cell(last, "numbers").value.split(",").map((each) => countedOn(each.trim()));
  cell(item, "numbers").value = numbers.filter(Boolean).join(", ");
  enter(item, "face_value");
  return item;
}

function sheet() {
  const stamps = items().filter((item) => cell(item, "kind").value === STAMP);
  const positions = stamps.map((item) => cell(item, "position").value.trim()).filter(Boolean);
  const item = newItem();
  if (!item) return;
  cell(item, "kind").value = "souvenir_sheet";
  cell(item, "members").value = positions.join(", ");
  enter(item, "face_value");
}

function cover() {
  const item = newItem();
  if (!item) return;
  cell(item, "kind").value = "first_day_cover";
  cell(item, "size").value = form.elements.fact_fdc_size.value;
  enter(item, "size");
}

function enter(item, name) {
  const input = cell(item, name);
  input.focus();
  if (input.select) input.select();
}

function along(input, step) {
  const every = items();
  const at = every.indexOf(input.closest(".item")) + step;
  if (every[at]) enter(every[at], input.dataset.field);
  return Boolean(every[at]);
}

function fillDown(input) {
  const every = items();
  for (const item of every.slice(every.indexOf(input.closest(".item")) + 1)) cell(item, input.dataset.field).value = input.value;
}

const BUTTONS = { copy: nextStamp, add: () => { const item = newItem(); if (item) enter(item, "kind"); }, sheet, cover };

form.addEventListener("click", (event) => {
  const button = event.target.closest("#row-buttons button");
  if (!button || !BUTTONS[button.value]) return;
  event.preventDefault();
  BUTTONS[button.value]();
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('button[value="save"]'));
    return;
  }
  const input = event.target.closest(".cell-input");
  if (!input || event.altKey || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.shiftKey) sheet();
    else if (!along(input, 1)) nextStamp();
  } else if (event.key === "ArrowDown" && event.ctrlKey) {
    event.preventDefault();
    fillDown(input);
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && input.tagName === "INPUT") {
    if (along(input, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  }
});
