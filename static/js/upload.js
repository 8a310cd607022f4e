/* File uploads: drop zones show the chosen file, and a large upload shows its progress. Without this script
   the browser submits the same form itself. */
import { saveDraft } from "./drafts.js";

const MEGABYTE = 1024 * 1024;
const MAX_IMAGE_PREVIEW = 8 * MEGABYTE; // bytes; of a larger image only the name is shown
const MAX_INTERRUPTIONS = 2; // in a row, until we say that the file itself may be refused

let interruptions = 0;
let isRestoring = false; // while a new form gets the files of the one before it

function formatSize(bytes) {
  return bytes < MEGABYTE ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

document.addEventListener("change", (event) => {
  const dropzone = event.target.closest("[data-dropzone]");
  if (!dropzone) return;
  const [file] = event.target.files;
  const text = dropzone.querySelector(".dropzone-text");
  dropzone.dataset.helpText ??= text.textContent;
  dropzone.classList.toggle("dropzone-filled", Boolean(file));
  text.textContent = file ? `${file.name} · ${formatSize(file.size)}` : dropzone.dataset.helpText;
  event.target.setCustomValidity(file ? sizeError(event.target, file) : "");
  event.target.reportValidity();
  showImage(dropzone, file);
  if (!isRestoring && event.target.name === "lyrics_file") forgetEncoding(event.target.form);
});

/** The encoding was chosen for another lyrics file. */
function forgetEncoding(form) {
  form.querySelector("[data-encoding-choice]")?.remove();
}

/** Return the error message for a file that is too large, "" for one that is not. */
function sizeError(input, file) {
  const maxSize = Number(input.dataset.maxbytes || Infinity);
  if (file.size <= maxSize) return "";
  const message = input.closest("form").dataset.tooLargeText ?? "";
  return message.replace("{size}", formatSize(file.size)).replace("{max}", formatSize(maxSize));
}

function showImage(dropzone, file) {
  dropzone.querySelector(".dropzone-image")?.remove();
  if (!file?.type.startsWith("image/") || file.size > MAX_IMAGE_PREVIEW) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const image = new Image();
    image.className = "dropzone-image";
    image.alt = "";
    image.src = reader.result;
    dropzone.querySelector(".dropzone-icon").append(image);
  });
  reader.readAsDataURL(file);
}

for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    event.target.closest?.("[data-dropzone]")?.classList.toggle("dropzone-active", type === "dragover");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") submitForm(form);
});

function submitForm(form) {
  const request = new XMLHttpRequest(); // fetch() reports no upload progress
  request.upload.addEventListener("progress", ({ loaded, total }) => showProgress(form, loaded, total));
  request.addEventListener("load", () => handleResponse(form, request));
  request.addEventListener("error", () => showFailure(form, navigator.onLine ? "interrupted" : "offline"));
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true"); // without a session: 401, not the log-in page
  request.send(new FormData(form));
  setBusy(form, true);
}

function setBusy(form, isBusy) {
  form.setAttribute("aria-busy", String(isBusy));
  form.querySelector(".upload-progress").hidden = !isBusy;
  form.querySelector("[type=submit]").setAttribute("aria-disabled", String(isBusy));
}

function showProgress(form, loaded, total) {
  const progress = form.querySelector("progress");
  const status = form.querySelector(".upload-status");
  status.classList.remove("upload-failed");
  if (loaded < total) {
    progress.value = (100 * loaded) / total;
    status.textContent = `${Math.floor(progress.value)} % · ${formatSize(loaded)} / ${formatSize(total)}`;
  } else {
    progress.removeAttribute("value"); // indeterminate: all is sent, and the server checks the file
    status.textContent = form.dataset.checkingText;
  }
}

/** Follow the server's redirect, or replace this form by the server's form with the error messages. */
function handleResponse(form, request) {
  if (request.status === 200 && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const newForm = request.status === 200 && page.querySelector("[data-upload]");
  if (!newForm) {
    showFailure(form, String(request.status));
    return;
  }
  form.replaceWith(newForm);
  restoreFiles(form, newForm);
  newForm.querySelector("[aria-invalid=true]")?.focus();
  newForm.querySelector(".errorlist, .notice-error")?.scrollIntoView({ block: "center" });
}

/** Move the chosen files without errors to the new form: a new form has none. */
function restoreFiles(form, newForm) {
  for (const input of form.querySelectorAll("[type=file]")) {
    const newInput = newForm.querySelector(`[name=${input.name}]`);
    if (!input.files.length || newInput.hasAttribute("aria-invalid")) continue;
    newInput.replaceWith(input);
    isRestoring = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    isRestoring = false;
  }
  newForm.querySelector(".upload-reselect")?.remove();
}

/** Say why an upload failed: an HTTP status, "offline" or "interrupted"; and what to do. */
function showFailure(form, reason) {
  setBusy(form, false);
  interruptions = reason === "interrupted" ? interruptions + 1 : 0;
  if (reason === "403") saveDraft(true); // for the page that is loaded anew
  const isRefused = interruptions >= MAX_INTERRUPTIONS; // a server in front may close instead of answering 413
  const texts = document.getElementById("upload-errors").content;
  const find = (name) => texts.querySelector(`[data-error~="${name}"]`);
  const text = find(isRefused ? "interrupted-again" : reason) ?? find(reason >= 500 ? "5xx" : "other");
  form.querySelector(".upload-progress").hidden = false;
  form.querySelector("progress").value = 0;
  const status = form.querySelector(".upload-status");
  status.classList.add("upload-failed");
  status.replaceChildren(document.importNode(text, true));
  for (const size of status.querySelectorAll("[data-size]")) size.textContent = formatSize(totalSize(form));
}

/** Return the size of the chosen files in bytes. */
function totalSize(form) {
  const files = [...form.querySelectorAll("[type=file]")].flatMap((input) => [...input.files]);
  return files.reduce((sum, file) => sum + file.size, 0);
}
