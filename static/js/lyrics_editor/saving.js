/* Saves the lines as one goes, one request at a time. A conflict with another window is for the person to decide;
   what could not be sent is sent again. */
import { csrfToken } from "../csrf_token.js";

const DELAY_MS = 1500; // after the last change
const RETRY_MS = 8000;
const MAX_KEEPALIVE = 60_000; // bytes that a browser still sends while its page is closed

export class Saving {
  #timer = 0;
  #isSending = false;
  #isDirty = false;

  /** `read` returns what is to be saved; `adopt` takes the lines that others saved. */
  constructor(editor, { read, adopt }) {
    this.url = editor.dataset.saveUrl;
    this.version = Number(editor.dataset.version);
    this.read = read;
    this.adopt = adopt;
    this.state = document.getElementById("editor-state");
    this.dialog = document.getElementById("conflict");
    for (const button of this.dialog.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", () => this.#resolve(button.dataset.keep));
    }
    this.dialog.addEventListener("cancel", (event) => event.preventDefault()); // one of the two it is
    window.addEventListener("online", () => this.#isDirty && this.#send());
    // Nobody can be asked any more: what conflicts becomes a version
    window.addEventListener("pagehide", () => {
      if (this.#isDirty) this.#post({ keep: this.dialog.open ? "theirs" : "leaving" });
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.#isDirty && (this.dialog.open || this.state.dataset.state === "failed")) event.preventDefault();
    });
  }

  /** Something has changed. */
  schedule() {
    this.#isDirty = true;
    if (!this.#isSending) this.#tell("unsaved");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), DELAY_MS);
  }

  #tell(state, text) {
    this.state.dataset.state = state;
    this.state.textContent = text ?? this.state.dataset[state];
  }

  #fail(text) {
    this.#tell("failed", text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), RETRY_MS);
  }

  #post(extra) {
    const lines = JSON.stringify(this.read());
    const body = new URLSearchParams({ version: this.version, lines, ...extra });
    const keepalive = lines.length < MAX_KEEPALIVE;
    return fetch(this.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": csrfToken() },
      keepalive,
    });
  }

  async #send(extra = {}) {
    if (this.#isSending || this.dialog.open) return;
    this.#isSending = true;
    this.#isDirty = false;
    this.#tell("saving");
    try {
      await this.#receive(await this.#post(extra));
    } catch {
      this.#isDirty = true;
      this.#fail(this.state.dataset.offline);
    }
    this.#isSending = false;
    if (this.#isDirty && this.state.dataset.state !== "failed" && !this.dialog.open) this.schedule();
  }

  async #receive(response) {
    if (response.redirected || response.status === 401 || response.status === 403) {
      this.#isDirty = true;
      this.#fail(this.state.dataset.ended);
      return;
    }
    if (response.status >= 500 || response.status === 429) throw new Error("The server is busy");
    const answer = await response.json();
    if (response.status === 409) {
      this.#isDirty = true;
      this.version = answer.version;
      this.#tell("unsaved");
      this.dialog.showModal();
    } else if (response.ok) {
      this.version = answer.version;
      if (answer.lines) this.adopt(answer.lines);
      this.#tell("saved", answer.warnings?.[0]);
    } else {
      this.#tell("refused", answer.error);
    }
  }

  #resolve(keep) {
    this.dialog.close();
    this.#send({ keep });
  }
}
