/* The list of lines: fields to type in, a button that plays from each, and the tools of the chosen line. */
import { formatTime } from "./transport.js";

export class LineList {
  #elements = new Map(); // by the line's id
  #playing = -1;

  /** `on` has `select(index)`, `text(index, value)`, `row(index, number, value)`, `section(index, value)`,
   * `split(index, place)`, `join(index)`, `paste(index, texts)` and `play(index)`. */
  constructor(on) {
    this.list = document.getElementById("line-list");
    this.list.replaceChildren(); // the places that kept room for the lines
    this.tools = document.getElementById("line-tools");
    this.count = document.getElementById("line-count");
    this.confirmAll = document.querySelector("[data-do=confirm-all]");
    this.template = document.getElementById("line-template");
    this.rowTemplate = document.getElementById("row-template");
    this.on = on;
    this.lines = [];
    this.#listen();
  }

  /** Show these lines, with one of them chosen. */
  show(lines, selected) {
    this.lines = lines;
    const ids = new Set(lines.map(({ id }) => id));
    for (const [id, element] of this.#elements) {
      if (ids.has(id)) continue;
      element.remove();
      this.#elements.delete(id);
    }
    lines.forEach((line, i) => {
      const element = this.#elements.get(line.id) ?? this.#create(line);
      if (this.list.children[i] !== element) this.list.insertBefore(element, this.list.children[i] ?? null);
      if (element.shown !== line) this.#fill(element, line);
      element.toggleAttribute("data-chosen", i === selected);
    });
    const chosen = this.list.children[selected];
    this.tools.hidden = !chosen;
    this.tools.querySelector("[data-do=confirm]").hidden = !lines[selected]?.guessed;
    if (chosen && this.tools.parentElement !== chosen) chosen.append(this.tools);
    this.#showCount();
  }

  /** Mark the line that is sung. */
  showPlaying(index) {
    if (index === this.#playing) return;
    this.list.children[this.#playing]?.removeAttribute("aria-current");
    this.list.children[index]?.setAttribute("aria-current", "true");
    this.#playing = index;
  }

  /** Mark the line, and the word, that the next tap is for. */
  showNextTap(index) {
    for (const element of this.list.querySelectorAll("[data-next-tap]")) element.removeAttribute("data-next-tap");
    const element = this.list.children[index];
    element?.setAttribute("data-next-tap", "");
    this.scrollTo(index);
  }

  scrollTo(index) {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.children[index]?.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
  }

  focus(index, place) {
    const input = this.list.children[index]?.querySelector(".line-text");
    input?.focus();
    if (place !== undefined) input?.setSelectionRange(place, place);
  }

  focusSection(index) {
    const input = this.list.children[index].querySelector(".line-section");
    input.hidden = false;
    input.focus();
  }

  addRow(index) {
    const rows = this.list.children[index].querySelector(".line-rows");
    rows.append(this.rowTemplate.content.cloneNode(true));
    rows.lastElementChild.focus();
  }

  /** Return where the cursor stands in a line's text. */
  cursor(index) {
    const input = this.list.children[index].querySelector(".line-text");
    return input.selectionStart ?? 0;
  }

  #create(line) {
    const element = this.template.content.firstElementChild.cloneNode(true);
    element.dataset.id = line.id;
    this.#elements.set(line.id, element);
    return element;
  }

  #fill(element, line) {
    element.shown = line;
    const time = formatTime(line.start);
    const button = element.querySelector(".line-time");
    button.textContent = time;
    button.setAttribute("aria-label", button.dataset.label.replace("{time}", time));
    setValue(element.querySelector(".line-text"), line.text);
    const section = element.querySelector(".line-section");
    setValue(section, line.section);
    section.hidden = !line.section && document.activeElement !== section;
    element.querySelector(".line-flag").hidden = !line.guessed;
    element.toggleAttribute("data-guessed", line.guessed);
    element.toggleAttribute("data-words", line.words.length > 0);
    const rows = element.querySelector(".line-rows");
    while (rows.children.length < line.rows.length) rows.append(this.rowTemplate.content.cloneNode(true));
    while (rows.children.length > line.rows.length && rows.lastElementChild !== document.activeElement) {
      rows.lastElementChild.remove();
    }
    line.rows.forEach((row, i) => {
      setValue(rows.children[i], row.text);
    });
  }

  #showCount() {
    const guessed = this.lines.filter((line) => line.guessed).length;
    const text = guessed ? this.count.dataset.some : this.count.dataset.all;
    this.count.textContent = text.replace("{timed}", this.lines.length - guessed).replace("{total}", this.lines.length);
    this.confirmAll.hidden = !guessed;
  }

  #indexOf(target) {
    const element = target.closest(".line");
    return element ? [...this.list.children].indexOf(element) : -1;
  }

  #listen() {
    this.list.addEventListener("focusin", ({ target }) => this.on.select(this.#indexOf(target)));
    this.list.addEventListener("pointerdown", ({ target }) => this.on.select(this.#indexOf(target)));
    this.list.addEventListener("click", ({ target }) => {
      if (target.closest("[data-do=play-line]")) this.on.play(this.#indexOf(target));
    });
    this.list.addEventListener("input", ({ target }) => {
      const index = this.#indexOf(target);
      const { field } = target.dataset;
      if (field === "row") this.on.row(index, [...target.parentElement.children].indexOf(target), target.value);
      else if (field) this.on[field](index, target.value);
    });
    this.list.addEventListener("paste", (event) => {
      const texts = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map((text) => text.trim());
      if (event.target.dataset.field !== "text" || texts.filter(Boolean).length < 2) return;
      event.preventDefault();
      this.on.paste(this.#indexOf(event.target), texts.filter(Boolean));
    });
    this.list.addEventListener("keydown", (event) => {
      if (event.target.dataset.field !== "text" || event.isComposing) return;
      const index = this.#indexOf(event.target);
      const { selectionStart, selectionEnd, value } = event.target;
      const isAtStart = selectionStart === 0 && selectionEnd === 0;
      if (event.key === "Enter" && selectionStart > 0 && selectionStart < value.length)
        this.on.split(index, selectionStart);
      else if (event.key === "Backspace" && isAtStart && index > 0) this.on.join(index);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp")
        this.focus(index + (event.key === "ArrowDown" ? 1 : -1));
      else return;
      event.preventDefault();
    });
  }
}

/** Set a field's value, unless somebody is typing just that. */
function setValue(input, value) {
  if (input.value !== value && !(document.activeElement === input && input.value.trim() === value)) input.value = value;
}
