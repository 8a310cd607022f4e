/* Undo and redo: the lists of lines, as they were. Changes with the same key, one after the other, are one step. */
const MAX_STEPS = 500;

export class History {
  #past = [];
  #future = [];
  #key = null;

  constructor(lines, onChange) {
    this.lines = lines;
    this.onChange = onChange;
  }

  /** Take another list; `key` names what is typed or dragged on, so that undo takes all of it back. */
  change(lines, key = null) {
    if (lines === this.lines) return;
    if (!key || key !== this.#key) this.#past.push(this.lines);
    if (this.#past.length > MAX_STEPS) this.#past.shift();
    this.#future = [];
    this.#key = key;
    this.#show(lines);
  }

  /** Take a list that is no step of the person's. */
  reset(lines) {
    this.#past = [];
    this.#future = [];
    this.#key = null;
    this.lines = lines;
    this.onChange(lines, false);
  }

  undo() {
    if (!this.canUndo) return;
    this.#future.push(this.lines);
    this.#key = null;
    this.#show(this.#past.pop());
  }

  redo() {
    if (!this.canRedo) return;
    this.#past.push(this.lines);
    this.#key = null;
    this.#show(this.#future.pop());
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  #show(lines) {
    this.lines = lines;
    this.onChange(lines, true);
  }
}
