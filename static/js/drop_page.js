/* The page of new videos from files: rows of songs, one form for all their films, and the sending of their files. */
import { post, SongRow, text } from "./drop_row.js";
import { hideSessionEnded, showSessionEnded } from "./session_banner.js";
import { TusUpload } from "./tus_upload.js";

const MAX_FILES = 200; // whose names are sent; the server says what is too much
const MAX_SENT_AT_ONCE = 3;
const MAX_READ_AT_ONCE = 2;
const WAITS_MS = [1000, 2000, 5000, 10000]; // before each further attempt to order a film

/** Return a function that runs tasks, `size` of them at a time, in their order. */
function queueOf(size) {
  const waiting = [];
  let running = 0;
  const next = () => {
    if (running === size || !waiting.length) return;
    running += 1;
    const { task, resolve, reject } = waiting.shift();
    task()
      .then(resolve, reject)
      .finally(() => {
        running -= 1;
        next();
      });
  };
  return (task) =>
    new Promise((resolve, reject) => {
      waiting.push({ task, resolve, reject });
      next();
    });
}

class DropPage {
  constructor(root) {
    Object.assign(this, { root, rows: [], sendings: new Map(), isMaking: false });
    const { matchUrl, songUrl, filmUrl, uploadsUrl, libraryUrl } = root.dataset;
    Object.assign(this, { matchUrl, songUrl, filmUrl, uploadsUrl, libraryUrl });
    this.options = root.querySelector(".drop-options");
    this.queueSending = queueOf(MAX_SENT_AT_ONCE);
    this.queueReading = queueOf(MAX_READ_AT_ONCE);
    this.queueMaking = queueOf(1); // a person has one lane: others would only wait
    const input = root.querySelector("#drop-files");
    input.addEventListener("change", () => {
      this.add([...input.files]);
      input.value = "";
    });
    this.options.addEventListener("submit", (event) => {
      event.preventDefault();
      this.makeAll();
    });
    root.querySelector("[data-cancel]").addEventListener("click", () => this.cancel());
    window.addEventListener("beforeunload", (event) => {
      if (root.isConnected && this.isBusy) event.preventDefault();
    });
  }

  get isBusy() {
    return !this.isLeaving && (this.isMaking || [...this.sendings.values()].some((each) => !each.isDone));
  }

  /** Add songs, and covers and lyrics of songs that are here already. */
  async add(files) {
    const own = this.rows.flatMap(({ files: { audio, cover, lyrics } }) => [audio, cover, lyrics].filter(Boolean));
    const all = [...new Set([...own, ...files])];
    const body = new FormData();
    body.append("total", all.length);
    for (const { name, size } of all.slice(0, MAX_FILES)) {
      body.append("name", name);
      body.append("size", size);
    }
    const response = await this.persist(() => post(this.matchUrl, body));
    if (!response.ok) {
      this.showProblem(text("failed"));
      return;
    }
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    this.showRefusals(answer.querySelector(".drop-refused"));
    for (const element of answer.querySelectorAll(".drop-song")) this.addRow(element, all);
    if (!this.rows.length && !answer.querySelector(".drop-refused")) this.showProblem(text("no-song"));
    this.update();
  }

  addRow(element, all) {
    const { audio, cover, lyrics } = element.dataset;
    const files = { audio: all[audio], cover: all[cover] ?? null, lyrics: all[lyrics] ?? null };
    const row = this.rows.find((each) => each.files.audio === files.audio);
    if (row) {
      row.attach(files);
      return;
    }
    this.root.querySelector(".drop-rows").append(element);
    this.rows.push(new SongRow(element, files, this));
  }

  showRefusals(list) {
    this.root.querySelector(".drop-refusals").replaceChildren(...(list ? [list] : []));
  }

  showProblem(...content) {
    this.root.querySelector(".drop-problem").replaceChildren(...content);
  }

  /** Send a file once, whoever needs it; resolve with the upload's id. */
  send(file, row) {
    if (!file) return Promise.resolve("");
    let sending = this.sendings.get(file);
    if (!sending) {
      const upload = new TusUpload(file, this.uploadsUrl, (progress) => {
        sending.sent = progress.sent;
        if (file === row.files.audio) row.showProgress(progress);
        this.update();
      });
      sending = { upload, sent: 0, isDone: false };
      if (file === row.files.audio) row.setStatus(text("waiting"));
      sending.promise = this.queueSending(() => upload.send());
      sending.promise
        .then(() => {
          sending.sent = file.size;
          // Also where it was there already, before the page was loaded anew
          if (file === row.files.audio) row.showProgress({ sent: file.size, state: "sending" });
        })
        .catch(() => {
          if (this.sendings.get(file) === sending) this.sendings.delete(file); // the next attempt begins anew
        })
        .finally(() => {
          sending.isDone = true;
          this.update();
        });
      this.sendings.set(file, sending);
    }
    return sending.promise;
  }

  /** Have the server delete the files of a row, but for those that others need. */
  discard(row) {
    for (const file of [row.files.audio, row.files.cover]) {
      const isShared = this.rows.some((each) => each !== row && !each.isMade && each.files.cover === file);
      if (!file || isShared) continue;
      this.sendings.get(file)?.upload.cancel();
      this.sendings.delete(file);
    }
  }

  /** A song was made of the file: whoever drops it again sends it again. */
  forgetUpload(file) {
    this.sendings.get(file)?.upload.remember(null);
  }

  forget(row) {
    this.rows = this.rows.filter((each) => each !== row);
    this.update();
  }

  /** Repeat a request until the server answers: after a lost network, a short wait, a log-in. */
  async persist(request) {
    for (let attempt = 0; ; attempt += 1) {
      const startTime = performance.now();
      const response = await request().catch(() => null);
      if (response && ![401, 429].includes(response.status)) {
        hideSessionEnded(startTime);
        if (attempt) this.showProblem("");
        return response;
      }
      if (response?.status === 401) showSessionEnded();
      if (!response && attempt) this.showProblem(text("offline"));
      const retryAfter = 1000 * Number(response?.headers.get("Retry-After") ?? 0);
      await new Promise((resolve) => {
        setTimeout(resolve, retryAfter || WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)]);
      });
    }
  }

  async makeAll() {
    if (this.isMaking || !this.rows.length) return;
    const rows = this.rows.filter((row) => !row.isMade);
    this.showProblem("");
    this.isMaking = true;
    this.update();
    const options = new FormData(this.options);
    let mayGoOn = true;
    await Promise.all(
      rows.map(async (row) => {
        mayGoOn = (await row.make(options, () => mayGoOn)) && mayGoOn;
        this.update();
      }),
    );
    this.isMaking = false;
    this.update();
    this.finish();
  }

  /** Go to the film, or to all of them; stay where something is wrong. */
  finish() {
    const made = this.rows.filter((row) => row.isMade);
    if (!made.length || made.length < this.rows.length) {
      if (made.length) this.showProblem(text("some-failed", { done: made.length, count: this.rows.length }));
      return;
    }
    for (const { files } of this.rows) this.sendings.get(files.cover)?.upload.discard();
    const links = [...this.root.querySelectorAll("[data-video]")];
    this.isLeaving = true;
    location.assign(links.length === 1 ? links[0].href : this.libraryUrl);
  }

  cancel() {
    for (const row of this.rows) row.cancel();
    this.update();
  }

  /** Show how far everything is. */
  update() {
    const count = this.rows.length;
    const query = (selector) => this.root.querySelector(selector);
    query(".drop-rows").hidden = !count;
    this.options.hidden = query(".drop-side").hidden = !count;
    query(".dropzone").classList.toggle("dropzone-large", !count);
    const left = this.rows.filter((row) => !row.isMade).length;
    query("[data-make]").textContent = left > 1 ? text("make-many", { count: left }) : text("make-one");
    query("[type=submit]").setAttribute("aria-disabled", String(this.isMaking));
    query("[data-cancel]").hidden = !this.isBusy;
    const files = [...this.sendings.entries()];
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    const percent = Math.floor(
      (100 * sum(files.map(([, { sent }]) => sent))) / (sum(files.map(([{ size }]) => size)) || 1),
    );
    const progress = query(".drop-side > progress");
    progress.classList.toggle("drop-idle", !this.isBusy); // it keeps its place: the buttons do not move
    progress.value = percent;
    query(".drop-total").textContent =
      this.isBusy && count > 1 ? text("total", { done: count - left, count, percent }) : "";
  }
}

const pages = new WeakMap();

/** Return the page of new videos in this document, null on other pages. */
export function dropPage() {
  const root = document.querySelector("[data-drop-page]");
  if (root && !pages.has(root)) pages.set(root, new DropPage(root));
  return root ? pages.get(root) : null;
}
