/* Live status of a video that is not finished: polls the status fragment with htmx. The server sets the poll
   interval (its 204 carries the header "HX-Trigger: again-5" for 5 seconds). While the page is hidden it polls rarely,
   for the sake of the tab's title, and not at all once there is a film. */
import { showError } from "./request_errors.js";
import { resetTab, showProgress, showReady } from "./tab_progress.js";
import { discardSentDraft } from "./video_draft.js";

const RETRY_SECONDS = 10; // poll interval after a failed request
const HIDDEN_POLL_SECONDS = 15; // at least, while the page is hidden
const ANNOUNCED_PERCENT = 25; // a screen reader hears the progress in steps of this size

let timer = 0;
let isPollOverdue = false; // a poll fell due while the page was hidden
let lastAnnouncement = "";
let wasPending = false; // at the last look

const statusElement = () => document.getElementById("video-status");
const isPending = () => statusElement()?.dataset.status === "PENDING";

function schedulePoll(seconds) {
  clearTimeout(timer);
  timer = setTimeout(poll, Math.max(seconds, document.hidden ? HIDDEN_POLL_SECONDS : 0) * 1000);
}

function poll() {
  isPollOverdue = document.hidden && !isPending();
  if (!isPollOverdue && statusElement()?.dataset.pollSeconds) htmx.trigger(statusElement(), "poll");
}

/** Show the progress in the tab, and announce a change to screen readers. */
function announceStatus() {
  const { statusText, percent } = statusElement().dataset;
  if (isPending()) showProgress(percent ? `${percent} %` : statusText, percent / 100);
  else if (wasPending) showReady(statusText);
  else resetTab();
  wasPending = isPending();
  const showsPercent = isPending() && percent >= ANNOUNCED_PERCENT;
  const announcement = showsPercent ? `${statusText}, ${percent - (percent % ANNOUNCED_PERCENT)} %` : statusText;
  if (announcement !== lastAnnouncement && lastAnnouncement) {
    document.getElementById("video-announcer").textContent = announcement;
  }
  lastAnnouncement = announcement;
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.id !== "video-status") return;
  const { xhr, successful } = event.detail;
  if (!successful) handleFailedPoll(xhr.status);
  else if (xhr.status === 204) {
    schedulePoll(Number(/again-(\d+)/.exec(xhr.getResponseHeader("HX-Trigger"))?.[1]) || RETRY_SECONDS);
  }
});

/** Say that the page may be old, and poll again unless there is nothing to poll any more. */
function handleFailedPoll(status) {
  isPollOverdue = status === 401; // request_errors.js shows the log-in; poll once more after the way back
  if (status === 401) return;
  showError(statusElement(), status === 404 ? "404" : "stale");
  if (status !== 404) schedulePoll(RETRY_SECONDS);
}

// While the film plays, do not replace its player when our own copy is ready: update the notice below it only
document.addEventListener("htmx:beforeSwap", (event) => {
  const player = document.querySelector("#video-status .player-video");
  if (event.target.id !== "video-status" || !player || player.paused || player.ended) return;
  event.detail.shouldSwap = false;
  const fragment = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const [notice, newNotice] = [document, fragment].map((root) => root.getElementById("archive-notice"));
  if (newNotice) notice?.replaceWith(newNotice);
  else notice?.remove();
  if (newNotice) schedulePoll(RETRY_SECONDS);
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "video-status") return;
  announceStatus();
  if (statusElement().dataset.pollSeconds) schedulePoll(Number(statusElement().dataset.pollSeconds));
  else refreshDetails().catch(() => {}); // without a network, they stay as they are
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && (isPollOverdue || isPending())) poll();
});

/** Load the details that are known only at the end (length, size, history); open sections stay open. */
async function refreshDetails() {
  const details = document.getElementById("video-details");
  const response = await fetch(location.href, { headers: { "HX-Request": "true" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const newDetails = page.getElementById("video-details");
  if (!newDetails) return;
  const openStates = [...details.querySelectorAll("details")].map((section) => section.open);
  newDetails.querySelectorAll("details").forEach((section, i) => {
    section.open = openStates[i];
  });
  details.replaceWith(newDetails);
  htmx.trigger(newDetails, "htmx:load"); // local_times.js then writes its times in the reader's time zone
}

discardSentDraft(); // an order leads here
announceStatus();
if (statusElement().dataset.pollSeconds) schedulePoll(Number(statusElement().dataset.pollSeconds));
