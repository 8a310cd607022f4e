/* The wave of the song with the starts of its lines: click to go there, drag a start to move it, drag the wave to
   scroll. The list of lines says the same to whoever does not see it. */
const MIN_SCALE = 8; // pixels a second
const MAX_SCALE = 400;
const HANDLE_PIXELS = 14; // around a line's start within which it is taken hold of
const LABEL_PIXELS = 70; // that a line's text needs
const POLL_MS = 2000;
const MAX_POLLS = 60;

export class Wave {
  #levels = null;
  #scale = 60;
  #left = 0; // seconds at the left edge
  #grip = null;
  #isDrawing = false;
  #colours = {};
  #font = "sans-serif";

  /** `on` has `seek(time)`, `select(index)` and `drag(index, time, isLast)`. */
  constructor(editor, on) {
    this.canvas = document.getElementById("wave");
    this.note = document.getElementById("wave-note");
    this.rate = Number(editor.dataset.waveRate);
    this.url = editor.dataset.waveUrl;
    this.duration = Number(editor.dataset.duration);
    this.lines = [];
    this.selected = -1;
    this.time = 0;
    this.on = on;
    this.#listen();
    this.#readColours();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#readColours());
    new MutationObserver(() => this.#readColours()).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.#load();
  }

  /** Show these lines, with one of them chosen. */
  show(lines, selected) {
    this.lines = lines;
    this.selected = selected;
    this.draw();
  }

  /** Show where the song is, and scroll along while it plays. */
  follow(time, isPlaying) {
    this.time = time;
    const width = this.#seconds;
    const isOutside = time < this.#left || time > this.#left + width;
    if (!this.#grip && isPlaying && time > this.#left + 0.6 * width) this.#left = time - 0.6 * width;
    else if (!this.#grip && isOutside) this.#left = time - 0.15 * width;
    this.draw();
  }

  /** Scroll to a time that is out of sight. */
  reveal(time) {
    if (time >= this.#left && time <= this.#left + 0.9 * this.#seconds) return;
    this.#left = time - 0.15 * this.#seconds;
    this.draw();
  }

  zoom(factor) {
    const middle = this.time >= this.#left && this.time <= this.#left + this.#seconds ? this.time : this.#left;
    const place = (middle - this.#left) * this.#scale;
    this.#scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, this.#scale * factor));
    this.#left = middle - place / this.#scale;
    this.draw();
  }

  /** Draw with the next frame. */
  draw() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#paint();
    });
  }

  get #seconds() {
    return this.canvas.clientWidth / this.#scale;
  }

  async #load() {
    for (let poll = 0; poll < MAX_POLLS; poll += 1) {
      const response = await fetch(this.url).catch(() => null);
      if (response?.status === 200) {
        this.#levels = new Uint8Array(await response.arrayBuffer());
        this.note.hidden = true;
        this.canvas.dispatchEvent(new Event("wave"));
        this.draw();
        return;
      }
      if (response?.status !== 202) break;
      this.note.hidden = false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.note.hidden = false;
    this.note.textContent = this.note.dataset.failed;
  }

  #readColours() {
    const style = getComputedStyle(this.canvas);
    this.#font = style.fontFamily;
    for (const name of ["wave", "played", "line", "guess", "chosen", "cursor", "text"]) {
      this.#colours[name] = style.getPropertyValue(`--wave-${name}`).trim();
    }
    this.draw();
  }

  #paint() {
    const { canvas } = this;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const latest = Math.max(0, this.duration - this.#seconds * 0.5);
    this.#left = Math.min(Math.max(0, this.#left), latest);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    this.#paintLevels(context, width, height);
    this.#paintLines(context, width, height);
    const x = (this.time - this.#left) * this.#scale;
    context.fillStyle = this.#colours.cursor;
    context.fillRect(Math.round(x) - 1, 0, 2, height);
  }

  #paintLevels(context, width, height) {
    const [top, room] = [22, height - 26];
    for (let x = 0; x < width; x += 3) {
      const from = this.#left + x / this.#scale;
      const level = this.#levels ? this.#peak(from, from + 3 / this.#scale) : 0;
      const size = Math.max(2, level * room);
      context.fillStyle = from < this.time ? this.#colours.played : this.#colours.wave;
      context.fillRect(x, top + (room - size) / 2, 2, size);
    }
  }

  #peak(from, to) {
    const first = Math.floor(from * this.rate);
    const last = Math.max(first + 1, Math.ceil(to * this.rate));
    let peak = 0;
    for (let i = first; i < last; i += 1) peak = Math.max(peak, this.#levels[i] ?? 0);
    return (peak / 255) ** 1.2;
  }

  #paintLines(context, width, height) {
    context.font = `600 12px ${this.#font}`;
    context.textBaseline = "top";
    this.lines.forEach((line, i) => {
      const x = (line.start - this.#left) * this.#scale;
      const end = (line.end - this.#left) * this.#scale;
      if (end < 0 || x > width) return;
      const isChosen = i === this.selected;
      context.fillStyle = isChosen ? this.#colours.chosen : line.guessed ? this.#colours.guess : this.#colours.line;
      context.globalAlpha = isChosen ? 0.22 : 0.1;
      context.fillRect(x, 0, end - x, height);
      context.globalAlpha = 1;
      if (line.guessed) for (let y = 0; y < height; y += 8) context.fillRect(x - 1, y, 2, 4);
      else context.fillRect(x - 1, 0, 2, height);
      if (isChosen) this.#paintHandle(context, x, height);
      for (const [start] of line.words) context.fillRect((start - this.#left) * this.#scale, height - 6, 1.5, 6);
      const next = this.lines[i + 1];
      const room = (next ? (next.start - this.#left) * this.#scale : width) - x - 8;
      if (room > LABEL_PIXELS || isChosen) this.#paintText(context, line.text, x + 5, Math.max(room, LABEL_PIXELS));
    });
  }

  #paintHandle(context, x, height) {
    context.beginPath();
    context.arc(x, height - 10, 7, 0, 2 * Math.PI);
    context.fill();
  }

  #paintText(context, text, x, room) {
    context.save();
    context.beginPath();
    context.rect(x, 0, room, 18);
    context.clip();
    context.fillStyle = this.#colours.text;
    context.fillText(text, x, 4);
    context.restore();
  }

  #listen() {
    const { canvas } = this;
    const timeOf = (event) => this.#left + event.offsetX / this.#scale;
    canvas.addEventListener("pointerdown", (event) => {
      const index = this.#lineNear(event.offsetX);
      this.#grip = { index, x: event.offsetX, left: this.#left, hasMoved: false };
      canvas.setPointerCapture(event.pointerId);
      if (index >= 0) this.on.select(index);
    });
    canvas.addEventListener("pointermove", (event) => {
      canvas.style.cursor = this.#lineNear(event.offsetX) >= 0 ? "ew-resize" : "pointer";
      const grip = this.#grip;
      if (!grip) return;
      grip.hasMoved ||= Math.abs(event.offsetX - grip.x) > 3;
      if (!grip.hasMoved) return;
      if (grip.index >= 0) this.on.drag(grip.index, timeOf(event), false);
      else {
        this.#left = grip.left - (event.offsetX - grip.x) / this.#scale;
        this.draw();
      }
    });
    canvas.addEventListener("pointerup", (event) => {
      const grip = this.#grip;
      this.#grip = null;
      if (!grip) return;
      if (!grip.hasMoved && grip.index < 0) this.on.seek(timeOf(event));
      else if (grip.hasMoved && grip.index >= 0) this.on.drag(grip.index, timeOf(event), true);
    });
    canvas.addEventListener("pointercancel", () => {
      this.#grip = null;
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey) this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
        else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.#left += event.deltaX / this.#scale;
        else return;
        event.preventDefault();
        this.draw();
      },
      { passive: false },
    );
  }

  /** Return the line whose start is near a place, -1 for none; the chosen one comes first. */
  #lineNear(x) {
    const distance = (line) => Math.abs((line.start - this.#left) * this.#scale - x);
    const chosen = this.lines[this.selected];
    if (chosen && distance(chosen) < HANDLE_PIXELS) return this.selected;
    let nearest = -1;
    this.lines.forEach((line, i) => {
      const best = nearest < 0 ? HANDLE_PIXELS / 2 : distance(this.lines[nearest]);
      if (distance(line) < best) nearest = i;
    });
    return nearest;
  }
}
