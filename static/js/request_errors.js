/* One rule for everything that htmx requests: an error, a time-out or a lost network is told beside what was
   pressed, with a way to try again; a session that has ended is told by a banner; a page that is no answer to
   the request is never put into this one. Elements with data-own-errors tell their errors themselves. */
import { saveDraft } from "./drafts.js";
import { hideSessionEnded, isSessionEnded, showSessionEnded } from "./session_banner.js";

const POLL_RETRY_MS = 10000; // until a failed poll is repeated
const template = document.getElementById("request-errors");
const messages = new WeakMap(); // the message of each element
const startTimes = new WeakMap(); // when each request began
let isLeaving = false; // requests that are cut off by the next page are no errors

/** Return the name of an error's sentence for an HTTP status. */
function errorName(status) {
  if (template.content.querySelector(`[data-error="${status}"]`)) return String(status);
  return status >= 500 ? "5xx" : "other";
}

/** Show the sentence of an error after `element`; the button of the message calls `retry`, if there is one. */
export function showError(element, name, retry) {
  clearError(element);
  const message = template.content.querySelector(".request-error").cloneNode(true);
  const sentence = template.content.querySelector(`[data-error="${name}"]`).textContent;
  message.querySelector("[data-sentence]").textContent = [element.dataset.errorLead, sentence]
    .filter(Boolean)
    .join(" ");
  const [retryButton, reloadButton] = message.querySelectorAll("button");
  retryButton.hidden = !retry || name === "403";
  reloadButton.hidden = name !== "403";
  retryButton.addEventListener("click", () => retry());
  reloadButton.addEventListener("click", reload);
  const { errorAfter } = element.dataset;
  (errorAfter ? document.querySelector(errorAfter) : element).after(message);
  messages.set(element, message);
}

export function clearError(element) {
  messages.get(element)?.remove();
  messages.delete(element);
}

/** Load the page again, with what was typed into it. */
function reload() {
  saveDraft(true);
  location.reload();
}

/** Repeat a request as it was made. */
function repeat(element, { triggeringEvent }) {
  if (element.getAttribute("hx-trigger")?.includes("retry")) htmx.trigger(element, "retry");
  else if (element.matches("form")) element.requestSubmit(triggeringEvent?.submitter);
  else element.click();
}

function handleFailure({ detail: { requestConfig, xhr } }, name) {
  if (isLeaving) return;
  const element = requestConfig.elt;
  const isEnded = xhr.status === 401;
  if (isEnded) showSessionEnded();
  else if (element.hasAttribute("data-poll") && xhr.status !== 404) {
    setTimeout(() => htmx.trigger(element, "retry"), POLL_RETRY_MS);
  }
  if (element.hasAttribute("data-own-errors") || (isEnded && !element.dataset.errorLead)) return;
  showError(element, name, () => repeat(element, requestConfig));
}

document.addEventListener("htmx:responseError", (event) => handleFailure(event, errorName(event.detail.xhr.status)));
document.addEventListener("htmx:sendError", (event) => handleFailure(event, "offline"));
document.addEventListener("htmx:timeout", (event) => handleFailure(event, "timeout"));
document.addEventListener("htmx:beforeSend", ({ detail }) => startTimes.set(detail.xhr, performance.now()));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  clearError(detail.requestConfig.elt);
  hideSessionEnded(startTimes.get(detail.xhr));
});

// Polls rest after the end of the session, until the person comes back to this tab, perhaps from a log-in
let isResuming = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (isSessionEnded() && !isResuming && event.target.matches("[data-poll]")) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !isSessionEnded()) return;
  isResuming = true;
  for (const element of document.querySelectorAll("[data-poll]")) htmx.trigger(element, "retry");
  isResuming = false;
});

// A whole page in place of a fragment, or a page without the part that is to be shown
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, xhr, isError } = event.detail;
  const selector = requestConfig.elt.getAttribute("hx-select");
  if (isError || xhr.status === 204 || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (selector && page.querySelector(selector)) return;
  event.detail.shouldSwap = false;
  // Ours: what this page shows is out of date
  if (page.querySelector(".site-header")) reload();
  else handleFailure(event, "other");
});

window.addEventListener("pagehide", () => {
  isLeaving = true;
});
window.addEventListener("pageshow", () => {
  isLeaving = false;
});
