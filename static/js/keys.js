// Keys for buttons: a button, or the button inside a place, that carries data-key is pressed by that key.
// Without this script the buttons do the same.

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select");
  if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  const button = place?.matches("button") ? place : place?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.click();
});
