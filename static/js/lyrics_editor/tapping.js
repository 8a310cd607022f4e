/* Tapping: while the song plays, each tap says that the next line, or the next word, begins now. */
import { endLine, splitWords, tapLine, tapWord } from "./song_lines.js";

const LEAD_SECONDS = 3; // that are heard before the line from which tapping begins

export class Tapping {
  isActive = false;
  #next = 0;
  #word = 0;
  #tapped = -1;

  /** `on` has `change(lines)`, `next(index)` and `done()`. */
  constructor(editor, transport, on) {
    this.transport = transport;
    this.button = document.getElementById("tap");
    this.label = this.button.querySelector(".tap-label");
    this.nextText = document.getElementById("tap-next");
    this.unit = () => editor.querySelector("input[name=unit]:checked").value;
    this.extras = editor.querySelectorAll("[data-do=end-line], [data-do=stop-tapping]");
    this.on = on;
  }

  /** Begin at a line: the song plays from a moment before it. */
  start(lines, index) {
    this.isActive = true;
    this.#next = Math.max(0, index);
    this.#word = 0;
    this.#tapped = -1;
    this.#show(lines);
    this.on.next(this.#next);
    const before = lines[this.#next - 1];
    const isKnown = before && !before.guessed;
    this.transport.playFrom(isKnown ? before.start : this.#next ? lines[this.#next].start - LEAD_SECONDS : 0);
  }

  stop(lines) {
    this.isActive = false;
    this.#show(lines);
    this.on.done();
  }

  /** Return the lines after a tap at this moment. */
  tap(lines) {
    const { time } = this.transport;
    const line = lines[this.#next];
    if (!line) return lines;
    this.#tapped = this.#next;
    let result;
    if (this.unit() === "word" && splitWords(line.text).length) {
      result = tapWord(lines, this.#next, this.#word, time);
      this.#word += 1;
      if (this.#word >= splitWords(line.text).length) this.#advance();
    } else {
      result = tapLine(lines, this.#next, time);
      this.#advance();
    }
    if (this.#next >= lines.length) this.stop(result);
    else this.#show(result);
    return result;
  }

  /** Return the lines where the one that was tapped last ends at this moment. */
  end(lines) {
    return this.#tapped < 0 ? lines : endLine(lines, this.#tapped, this.transport.time);
  }

  #advance() {
    this.#next += 1;
    this.#word = 0;
    this.on.next(this.#next);
  }

  #show(lines) {
    this.button.classList.toggle("is-tapping", this.isActive);
    this.label.textContent = this.isActive ? this.button.dataset.tap : this.button.dataset.start;
    for (const extra of this.extras) extra.hidden = !this.isActive;
    const text = this.isActive ? (lines[this.#next]?.text ?? "") : "";
    this.nextText.textContent = this.unit() === "word" ? (splitWords(text)[this.#word] ?? "") : text;
  }
}
