/* One file, sent in pieces by the protocol tus 1.0.0. It goes on where it was after a lost network, a session
   that ended, or when the page was loaded anew and the same file is dropped again. */
import { csrfToken } from "./csrf_token.js";
import { hideSessionEnded, showSessionEnded } from "./session_banner.js";

// A server in front may pass whole pieces on only: on a network that breaks they become smaller
const MIN_PIECE = 256 * 1024;
const MAX_PIECE = 8 * 1024 * 1024;
const FAST_MS = 2000; // a piece that took less time is followed by one twice its size
const STALL_MS = 30000; // without a byte, after which the network counts as lost
const WAITS_MS = [500, 1000, 2000, 5000, 10000]; // before each further attempt, the last one again and again
const MAX_SERVER_ERRORS = 5; // in a row; a lost network is waited for without end
const FINAL = new Set([403, 413, 507]); // trying again does not help

/** Why an upload ended: a sentence of the server, or the name of one of ours. */
export class UploadFailure extends Error {
  constructor(name, sentence = "") {
    super(sentence || name);
    Object.assign(this, { name, sentence });
  }
}

/** Return the bytes of a file's name in Base64, as tus sends them. */
function encode(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

export class TusUpload {
  /** `onChange({sent, state})` is called with the bytes that are there, and "sending", "offline" or "session". */
  constructor(file, uploadsUrl, onChange) {
    Object.assign(this, { file, uploadsUrl, onChange, offset: 0, isCancelled: false });
    this.pieceBytes = 4 * MIN_PIECE;
    this.address = this.recall();
  }

  get key() {
    const { name, size, lastModified } = this.file;
    return `upload:${document.body.dataset.user}:${size}:${lastModified}:${name}`;
  }

  recall() {
    try {
      return localStorage.getItem(this.key);
    } catch {
      return null; // storage may be blocked
    }
  }

  remember(address) {
    this.address = address;
    try {
      if (address) localStorage.setItem(this.key, address);
      else localStorage.removeItem(this.key);
    } catch {
      // storage may be blocked or full: then nothing is resumed after a reload
    }
  }

  /** Send the file and return the upload's id; throws UploadFailure. */
  async send() {
    let isSynced = false; // whether the offset is the server's
    let failures = 0;
    let serverErrors = 0;
    for (;;) {
      if (this.isCancelled) throw new UploadFailure("cancelled");
      try {
        if (!this.address) await this.begin();
        else if (!isSynced) await this.readOffset();
        isSynced = true;
        while (this.address && this.offset < this.file.size) {
          await this.sendPiece();
          failures = serverErrors = 0;
        }
        if (this.address) return this.address.split("/").at(-2);
      } catch (problem) {
        if (this.isCancelled) throw new UploadFailure("cancelled");
        if (problem instanceof UploadFailure) throw problem;
        isSynced = false;
        this.pieceBytes = Math.max(MIN_PIECE, this.pieceBytes / 2);
        if (problem.status >= 400 && problem.status !== 409) serverErrors += 1;
        if (serverErrors > MAX_SERVER_ERRORS) throw new UploadFailure("failed");
        await this.waitFor(problem, failures);
        failures += 1;
      }
    }
  }

  /** Wait until it makes sense to try again. */
  async waitFor({ status, retryAfter }, failures) {
    if (status === 409) return;
    const wait = retryAfter ? retryAfter * 1000 : WAITS_MS[Math.min(failures, WAITS_MS.length - 1)];
    this.onChange({ sent: this.offset, state: { 0: "offline", 401: "session" }[status] ?? "sending" });
    await new Promise((resolve) => {
      this.wake = resolve;
      window.addEventListener("online", resolve, { once: true });
      setTimeout(resolve, wait);
    });
  }

  async begin() {
    const response = await this.request("POST", this.uploadsUrl, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": `filename ${encode(this.file.name)}`,
    });
    this.offset = 0;
    this.remember(new URL(response.getResponseHeader("Location"), location.href).pathname);
    if (this.isCancelled) this.discard();
  }

  /** Ask how much is there; an upload that is gone begins anew. */
  async readOffset() {
    try {
      const response = await this.request("HEAD", this.address);
      this.offset = Number(response.getResponseHeader("Upload-Offset"));
      if (Number(response.getResponseHeader("Upload-Length")) === this.file.size) return;
    } catch (problem) {
      if (problem.status !== 404 && problem.status !== 410) throw problem;
    }
    this.remember(null);
    await this.begin();
  }

  async sendPiece() {
    const start = this.offset;
    const startTime = performance.now();
    const piece = this.file.slice(start, start + this.pieceBytes);
    const headers = { "Upload-Offset": start, "Content-Type": "application/offset+octet-stream" };
    const onProgress = (loaded) => this.onChange({ sent: start + Math.min(loaded, piece.size), state: "sending" });
    const response = await this.request("PATCH", this.address, headers, piece, onProgress);
    this.offset = Number(response.getResponseHeader("Upload-Offset"));
    this.onChange({ sent: this.offset, state: "sending" });
    if (performance.now() - startTime < FAST_MS) this.pieceBytes = Math.min(MAX_PIECE, 2 * this.pieceBytes);
  }

  /** Return the request once it succeeded; throws {status, retryAfter}, with status 0 for a lost network. */
  request(method, address, headers = {}, body = null, onProgress = () => {}) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // fetch() reports no upload progress
      const startTime = performance.now();
      let timer = 0;
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => request.abort(), STALL_MS);
      };
      const lose = () => {
        clearTimeout(timer);
        reject({ status: 0 });
      };
      request.upload.addEventListener("progress", ({ loaded }) => {
        watch();
        onProgress(loaded);
      });
      for (const type of ["error", "abort", "timeout"]) request.addEventListener(type, lose);
      request.addEventListener("load", () => {
        clearTimeout(timer);
        const { status } = request;
        if (status >= 200 && status < 300) {
          hideSessionEnded(startTime);
          resolve(request);
          return;
        }
        if (status === 401) showSessionEnded();
        if (FINAL.has(status)) reject(new UploadFailure("failed", sentenceOf(request)));
        else reject({ status, retryAfter: Number(request.getResponseHeader("Retry-After")) });
      });
      request.open(method, address);
      const standard = { "Tus-Resumable": "1.0.0", "X-CSRFToken": csrfToken(), "HX-Request": "true" };
      for (const [name, value] of Object.entries({ ...standard, ...headers })) request.setRequestHeader(name, value);
      watch();
      request.send(body);
      this.current = request;
    });
  }

  /** Stop, and have the server delete what it has. One that is just being begun is deleted once it has an address. */
  cancel() {
    this.isCancelled = true;
    if (this.address) this.current?.abort();
    this.wake?.();
    this.discard();
  }

  /** Have the server delete the file: nobody needs it any more. What cannot be deleted expires. */
  async discard() {
    const { address } = this;
    this.remember(null);
    const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": csrfToken(), "HX-Request": "true" };
    for (const wait of address ? WAITS_MS : []) {
      const isDone = await fetch(address, { method: "DELETE", headers, keepalive: true }).catch(() => null);
      if (isDone) return;
      await new Promise((resolve) => {
        setTimeout(resolve, wait);
      });
    }
  }
}

function sentenceOf(request) {
  const isText = request.getResponseHeader("Content-Type")?.startsWith("text/plain");
  return isText ? request.responseText : "";
}
