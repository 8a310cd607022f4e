/* Live status of a video that is not finished: polls the status fragment with htmx. The server sets the poll
   interval (its 204 carries the header "HX-Trigger: again-5" for 5 seconds). There is no polling while the
   page is hidden, and none after the final status. */
const RETRY_SECONDS = 10; // poll interval after a failed request
const ANNOUNCED_PERCENT = 25; // a screen reader hears the progress in steps of this size
const pageTitle = document.title;

let timer = 0;
let isPollOverdue = false; // a poll fell due while the page was hidden
let lastAnnouncement = "";

const statusElement = () => document.getElementById("video-status");

function schedulePoll(seconds) {
  clearTimeout(timer);
  timer = setTimeout(poll, seconds * 1000);
}

function poll() {
  isPollOverdue = document.hidden;
  if (!isPollOverdue && statusElement()?.dataset.pollSeconds) htmx.trigger(statusElement(), "poll");
}

/** Show the progress in the page's title, and announce a change to screen readers. */
function announceStatus() {
  const { statusText, percent, status } = statusElement().dataset;
  const isPending = status === "PENDING";
  document.title = isPending ? `${percent} % · ${pageTitle}` : pageTitle;
  const showsPercent = isPending && percent >= ANNOUNCED_PERCENT;
  const announcement = showsPercent ? `${statusText}, ${percent - (percent % ANNOUNCED_PERCENT)} %` : statusText;
  if (announcement !== lastAnnouncement && lastAnnouncement) {
    document.getElementById("video-announcer").textContent = announcement;
  }
  lastAnnouncement = announcement;
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.id !== "video-status") return;
  const { xhr, successful } = event.detail;
  if (!successful) schedulePoll(RETRY_SECONDS);
  else if (xhr.status === 204) {
    schedulePoll(Number(/again-(\d+)/.exec(xhr.getResponseHeader("HX-Trigger"))?.[1]) || RETRY_SECONDS);
  }
});

// The session has ended, so the response is another page (the log-in): load that page instead of a swap
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.responseText.includes(`id="${event.target.id}"`)) return;
  event.detail.shouldSwap = false;
  if (xhr.status === 200) location.reload();
});

// If the visibility could not be saved, reset the form to the last saved value
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  const { requestConfig, successful } = event.detail;
  if (!form.matches(".visibility-form")) return;
  if (!successful) form.reset();
  else for (const radio of form.elements.visibility) radio.defaultChecked = radio.value === requestConfig.formData.get("visibility");
});

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
  else refreshDetails();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isPollOverdue) poll();
});

/** Load the details that are known only at the end (length, size, history); open sections stay open. */
async function refreshDetails() {
  const details = document.getElementById("video-details");
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const newDetails = page.getElementById("video-details");
  if (!newDetails) return;
  const openStates = [...details.querySelectorAll("details")].map((section) => section.open);
  newDetails.querySelectorAll("details").forEach((section, i) => {
    section.open = openStates[i];
  });
  details.replaceWith(newDetails);
  htmx.trigger(newDetails, "htmx:load"); // local_times.js then writes its times in the reader's time zone
}

announceStatus();
if (statusElement().dataset.pollSeconds) schedulePoll(Number(statusElement().dataset.pollSeconds));
