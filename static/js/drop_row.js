/* The row of a song that was dropped: what its files say of it, how much of them is sent, and its films. */
import { csrfToken } from "./csrf_token.js";
import { UploadFailure } from "./tus_upload.js";

const PART_BYTES = 4 * 1024 * 1024; // of the start and of the end of a file: tags are there
const MAX_IMAGE_PREVIEW = 8 * 1024 * 1024; // bytes; a larger picture is not shown

/** Return a sentence of the page by its name, with its values. */
export function text(name, values = {}) {
  const template = document.getElementById("drop-texts").content;
  const sentence = template.querySelector(`[data-text="${name}"]`).textContent.trim();
  return Object.entries(values).reduce((result, [key, value]) => result.replace(`{${key}}`, value), sentence);
}

/** Send a form to the server as scripts do: without a session the answer is 401. */
export function post(url, body) {
  const headers = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  return fetch(url, { method: "POST", body, headers });
}

export class SongRow {
  /** `files` has audio, cover and lyrics, null where there is none; `page` sends and counts. */
  constructor(element, files, page) {
    Object.assign(this, { element, files, page, isMade: false, isMaking: false, encoding: "" });
    this.showCover();
    element.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    element.querySelector("[data-remove]").addEventListener("click", () => this.remove());
    element.addEventListener("change", (event) => this.handleChange(event));
    this.described = this.describe();
    this.startUploads();
  }

  part(name) {
    return this.element.querySelector(`.drop-${name}`);
  }

  field(name) {
    return this.element.querySelector(`[name="${name}"]`);
  }

  setStatus(sentence) {
    this.part("status").textContent = sentence;
  }

  handleChange({ target }) {
    if (target.matches("[data-cover-file]") && target.files.length) {
      [this.files.cover] = target.files;
      this.showCover();
      this.startUploads();
    } else if (target.matches("[data-encoding]")) {
      this.encoding = target.value;
      this.described = this.describe(true);
    } else if (target.name === "ignore_embedded_cover") this.showCover();
  }

  /** Take over a cover or lyrics that were dropped later. */
  attach(files) {
    if (this.isMade || this.isMaking) return;
    const { cover, lyrics } = files;
    if (cover && !this.files.cover) this.files.cover = cover;
    if (lyrics && !this.files.lyrics) {
      this.files.lyrics = lyrics;
      const name = this.element.querySelector("[data-lyrics-name]");
      name.hidden = false;
      name.querySelector("span").textContent = lyrics.name;
      this.described = this.describe();
    }
    this.showCover();
    this.startUploads();
  }

  /** Fill the fields with what the server reads in the file; what somebody typed meanwhile stays. */
  async describe(isNewEncoding = false) {
    const { audio, lyrics } = this.files;
    const body = new FormData();
    body.append("name", audio.name);
    body.append("size", audio.size);
    body.append("encoding", this.encoding);
    body.append("head", audio.slice(0, PART_BYTES), "head");
    if (audio.size > PART_BYTES)
      body.append("tail", audio.slice(-Math.min(PART_BYTES, audio.size - PART_BYTES)), "tail");
    if (lyrics) body.append("lyrics_file", lyrics, lyrics.name);
    const note = this.part("reading");
    note.hidden = false;
    try {
      const response = await this.page.queueReading(() => this.page.persist(() => post(this.page.songUrl, body)));
      if (response.ok) this.replaceFields(await response.text(), isNewEncoding);
    } catch {
      // what the name says is there; the song's own tags fill the rest when it is stored
    } finally {
      note.hidden = true;
    }
  }

  replaceFields(html, isNewEncoding) {
    const fields = this.element.querySelector("[data-fields]");
    const typed = [...fields.querySelectorAll("input, textarea")].filter(
      (each) => each.value !== each.defaultValue && !(isNewEncoding && each.name === "lyrics"),
    );
    const isOpen = fields.querySelector("details")?.open;
    const focused = fields.contains(document.activeElement) ? document.activeElement.name : "";
    fields.innerHTML = html;
    for (const { name, value } of typed) this.field(name).value = value;
    if (isOpen) fields.querySelector("details").open = true;
    if (focused) this.field(focused)?.focus();
    const choice = fields.querySelector("[data-encoding]");
    if (choice) choice.value = this.encoding;
    if (fields.querySelector(".errorlist")) fields.querySelector("details").open = true;
    this.showCover();
  }

  showCover() {
    const image = this.part("cover").querySelector("img");
    const { cover } = this.files;
    const embedded = this.element.querySelector("[data-embedded-cover]");
    const ignored = this.field("ignore_embedded_cover");
    ignored.closest(".field").hidden = !embedded || Boolean(cover);
    if (cover) {
      if (cover.size > MAX_IMAGE_PREVIEW) return;
      const reader = new FileReader();
      reader.addEventListener("load", () => Object.assign(image, { src: reader.result, hidden: false }));
      reader.readAsDataURL(cover);
    } else if (embedded && !ignored.checked) Object.assign(image, { src: embedded.src, hidden: false });
    else image.hidden = true;
  }

  /** Send what is not on its way yet. */
  startUploads() {
    this.sent = Promise.all([this.page.send(this.files.audio, this), this.page.send(this.files.cover, this)]);
    this.sent.catch((failure) => this.showFailure(failure));
  }

  /** Show how much of the song is there. */
  showProgress({ sent, state }) {
    const percent = Math.floor((100 * sent) / this.files.audio.size);
    this.part("state").querySelector("progress").value = percent;
    const isSent = percent === 100 && state === "sending";
    this.part("state").classList.toggle("drop-sent", isSent);
    if (this.isMade || this.isMaking) return;
    if (state === "sending") this.setStatus(isSent ? text("sent") : text("sending", { percent }));
    else this.setStatus(text(state));
  }

  showFailure(failure) {
    this.hasFailed = true;
    this.part("state").classList.add("drop-failed");
    this.part("state").classList.remove("drop-sent");
    if (!(failure instanceof UploadFailure)) this.setStatus(text("unreadable"));
    else this.setStatus(failure.sentence || text(failure.name));
    this.page.update();
  }

  clearFailure() {
    this.hasFailed = false;
    this.part("state").classList.remove("drop-failed");
    this.part("answer").replaceChildren();
  }

  /** Make the song and order its films once it is sent, if `mayGoOn()`; return whether the others may go on. */
  async make(options, mayGoOn) {
    if (this.hasFailed) {
      this.clearFailure();
      this.startUploads();
    }
    this.isMaking = true;
    try {
      const [uploads] = await Promise.all([this.sent, this.described]);
      this.checkEncoding();
      return await this.page.queueMaking(async () => mayGoOn() && this.order(options, uploads));
    } catch (failure) {
      this.showFailure(failure);
      return true;
    } finally {
      this.isMaking = false;
    }
  }

  /** Lyrics that can be read in several ways are not left out unseen. */
  checkEncoding() {
    const choice = this.element.querySelector("[data-encoding]");
    if (!choice || choice.value) return;
    choice.focus();
    const sentence = choice.closest(".field").querySelector(".errorlist")?.textContent.trim();
    throw new UploadFailure("failed", sentence ?? choice.options[0].textContent);
  }

  async order(options, [audio, cover]) {
    this.setStatus(text("listening"));
    const body = new FormData(this.element.querySelector("form"));
    for (const [name, value] of options) body.append(name, value);
    body.set("audio_upload", audio);
    if (cover) body.set("cover_upload", cover);
    this.isOrdered = true; // from now on it may be stored, whatever becomes of the answer
    const response = await this.page.persist(() => post(this.page.filmUrl, body));
    this.isOrdered = false;
    if (response.status === 410) this.page.discard(this); // it expired: it is sent again at the next press
    if (response.status !== 200 && response.status !== 422) throw new UploadFailure("failed");
    const answer = this.part("answer");
    answer.innerHTML = await response.text();
    this.setStatus("");
    if (response.status === 422) {
      this.hasFailed = answer.querySelector("[data-scope]").dataset.scope === "song";
      if (!this.hasFailed) this.page.showProblem(...answer.childNodes);
      return this.hasFailed;
    }
    this.isMade = true;
    this.page.forgetUpload(this.files.audio);
    this.element.classList.add("drop-song-made");
    for (const each of this.element.querySelectorAll("input, textarea, select")) each.disabled = true;
    return true;
  }

  /** Stop what is on its way, and say so. */
  cancel() {
    if (this.isMade || this.isOrdered) return;
    this.page.discard(this);
    this.showFailure(new UploadFailure("cancelled"));
  }

  remove() {
    if (!this.isMade && !this.isOrdered) this.page.discard(this);
    this.isRemoved = true;
    this.element.remove();
    this.page.forget(this);
  }
}
