// A picture large: drag or pinch to move and enlarge, the wheel, + and −, arrows; Escape closes. Without this script the
// link opens the picture by itself.

const STEP = 1.4;
const MOST = 12;
const NUDGE = 60;

function button(sign, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "zoom-button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

class Zoom {
  constructor(link) {
    const words = link.dataset;
    this.link = link;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    this.fingers = new Map();
    this.dialog = document.createElement("dialog");
    this.dialog.className = "zoom";
    this.stage = document.createElement("div");
    this.stage.className = "zoom-stage";
    this.image = document.createElement("img");
    this.image.src = link.href;
    this.image.alt = link.querySelector("img")?.alt ?? "";
    this.dialog.setAttribute("aria-label", this.image.alt);
    this.image.draggable = false;
    this.stage.append(this.image);
    const bar = document.createElement("div");
    bar.className = "zoom-bar";
    bar.append(
      button("−", words.zoomOut, () => this.by(1 / STEP)),
      button("+", words.zoomIn, () => this.by(STEP)),
      button("×", words.zoomClose, () => this.dialog.close()),
    );
    this.dialog.append(this.stage, bar);
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => {
      this.dialog.remove();
      this.link.focus();
    });
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.stage.addEventListener("pointerdown", (event) => this.down(event));
    this.stage.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.stage.addEventListener(end, (event) => this.fingers.delete(event.pointerId));
    }
    this.stage.addEventListener("dblclick", (event) => this.by(this.scale > 1 ? 1 / this.scale : STEP ** 3, event));
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  // Enlarge so that what lies below the finger stays there.
  by(factor, at) {
    const box = this.stage.getBoundingClientRect();
    const px = (at ? at.clientX : box.left + box.width / 2) - box.left - box.width / 2;
    const py = (at ? at.clientY : box.top + box.height / 2) - box.top - box.height / 2;
    const scale = Math.min(Math.max(this.scale * factor, 1), MOST);
    this.x = px - ((px - this.x) * scale) / this.scale;
    this.y = py - ((py - this.y) * scale) / this.scale;
    this.scale = scale;
    this.show();
  }

  show() {
    const room = this.stage.getBoundingClientRect();
    const mostX = Math.max(0, (this.image.offsetWidth * this.scale - room.width) / 2);
    const mostY = Math.max(0, (this.image.offsetHeight * this.scale - room.height) / 2);
    this.x = Math.min(Math.max(this.x, -mostX), mostX);
    this.y = Math.min(Math.max(this.y, -mostY), mostY);
    this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  key(event) {
    const moves = { ArrowLeft: [NUDGE, 0], ArrowRight: [-NUDGE, 0], ArrowUp: [0, NUDGE], ArrowDown: [0, -NUDGE] };
    if (event.key === "+" || event.key === "=") this.by(STEP);
    else if (event.key === "-") this.by(1 / STEP);
    else if (event.key === "0") this.by(1 / this.scale);
    else if (moves[event.key]) {
      this.x += moves[event.key][0];
      this.y += moves[event.key][1];
      this.show();
    } else return;
    event.preventDefault();
  }

  wheel(event) {
    event.preventDefault();
    this.by(event.deltaY < 0 ? STEP ** 0.5 : STEP ** -0.5, event);
  }

  down(event) {
    this.stage.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, event);
  }

  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers.values()].find((finger) => finger.pointerId !== event.pointerId);
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      this.by(apart(event) / apart(before), {
        clientX: (event.clientX + other.clientX) / 2,
        clientY: (event.clientY + other.clientY) / 2,
      });
    } else {
      this.x += event.clientX - before.clientX;
      this.y += event.clientY - before.clientY;
      this.show();
    }
    this.fingers.set(event.pointerId, event);
  }
}

for (const link of document.querySelectorAll("[data-zoom]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    new Zoom(link);
  });
}
