// A row of tabs: one stop for the Tab key, arrows move inside, each may carry a number of unread messages.

import { badge, make } from "/nodes.js";
import { WORDS } from "/words.js";

export class Tabs {
  /** `choose(value)` is called with what was tapped or moved to. */
  constructor(box, panelId, choose) {
    Object.assign(this, { box, panelId, choose, values: [] });
    box.addEventListener("keydown", (event) => this.moved(event));
  }

  /** `entries`: [value, label, unread]. Tabs that are there already stay, so that the focus does too. */
  show(entries, chosen) {
    if (String(this.values) !== String(entries.map(([value]) => value))) this.build(entries);
    entries.forEach(([value, label, unread], at) => {
      const tab = this.box.children[at];
      const selected = value === chosen;
      tab.querySelector(".label").textContent = label;
      tab.querySelector(".avatar")?.replaceChildren(label.slice(0, 1));
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      badge(tab.querySelector(".badge"), unread, WORDS.unread);
    });
  }

  build(entries) {
    this.values = entries.map(([value]) => value);
    this.box.replaceChildren(...entries.map(([value]) => {
      const tab = make("button");
      tab.type = "button";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", this.panelId);
      if (typeof value === "number") {
        const avatar = make("span", "", "avatar");
        avatar.setAttribute("aria-hidden", "true");
        tab.append(avatar);
      }
      tab.append(make("span", "", "label"), make("span", "", "badge"));
      tab.addEventListener("click", () => this.choose(value));
      return tab;
    }));
  }

  moved(event) {
    const tabs = [...this.box.children];
    const at = tabs.indexOf(document.activeElement);
    // The page runs from right to left, and so does the row.
    const to = { ArrowLeft: at + 1, ArrowRight: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    tab.focus();
    this.choose(this.values[tabs.indexOf(tab)]);
  }
}
