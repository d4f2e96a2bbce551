// A menu above the composer: opened by its button, walked with arrows, closed by Escape or by looking elsewhere.

import { button, make } from "/nodes.js";

export class Menu {
  constructor(opener, box, home) {
    Object.assign(this, { opener, box, home });
    opener.addEventListener("click", () => { if (box.hidden) this.open(this.all()); else this.close(); });
    box.addEventListener("keydown", (event) => this.moved(event));
    document.addEventListener("pointerdown", (event) => {
      if (!box.contains(event.target) && !opener.contains(event.target)) this.hide();
    });
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) this.hide();
    });
  }

  /** What the button opens: a function that gives [{label, hint, className, run}]. */
  fill(all) { this.all = all; }

  open(items, focus = true) {
    this.box.replaceChildren(...items.map((item) => {
      const node = button("", item.className, () => { this.close(); item.run(); });
      node.setAttribute("role", "menuitem");
      node.tabIndex = -1;
      if (item.hint) node.append(make("b", item.label), make("span", item.hint));
      else node.append(make("span", item.label));
      return node;
    }));
    this.box.hidden = !items.length;
    this.opener.setAttribute("aria-expanded", String(items.length > 0));
    if (focus) this.box.firstElementChild?.focus();
  }

  hide() {
    this.box.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  close() {
    const inside = this.box.contains(document.activeElement);
    this.hide();
    if (inside) (this.opener.hidden ? this.home : this.opener).focus();
  }

  moved(event) {
    const items = [...this.box.children];
    const at = items.indexOf(document.activeElement);
    const next = { ArrowDown: 1, ArrowLeft: 1, ArrowUp: -1, ArrowRight: -1 }[event.key];
    const to = next ? at + next : { Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape") this.close();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length).focus();
  }
}
