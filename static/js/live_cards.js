/* Updates the cards of videos that are not finished: polls this page and takes over the cards that changed.
   It does not poll while the page is hidden, and stops when no such card is left. */
import { clearError, showError } from "./request_errors.js";
import { hideSessionEnded, isSessionEnded, showSessionEnded } from "./session_banner.js";

const POLL_INTERVAL_MS = 5000;
const pendingCards = () => document.querySelectorAll("#results [data-pending]");

let timer = 0;

function schedulePoll() {
  clearTimeout(timer);
  if (pendingCards().length) timer = setTimeout(() => isSessionEnded() || poll(), POLL_INTERVAL_MS);
}

async function poll() {
  if (!document.hidden) await refreshCards().catch(() => showStale()); // the next poll tries again
  schedulePoll();
}

const showStale = () => showError(document.querySelector(".filters"), "stale");

async function refreshCards() {
  const startTime = performance.now();
  const response = await fetch(location.href, { headers: { "HX-Request": "true" } });
  if (response.status === 401) {
    showSessionEnded();
    return;
  }
  if (!response.ok) throw new Error(response.status);
  clearError(document.querySelector(".filters"));
  hideSessionEnded(startTime);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const card of pendingCards()) {
    const newCard = page.getElementById(card.id);
    if (!newCard) continue;
    if (newCard.hasAttribute("data-pending")) updateCard(card, newCard);
    else replaceCard(card, newCard);
  }
}

function replaceCard(card, newCard) {
  card.replaceWith(newCard);
  htmx.trigger(newCard, "htmx:load"); // local_times.js then writes its times in the reader's time zone
}

/** Update a card whose video is still not finished, without restarting the animation of its bars. */
function updateCard(card, newCard) {
  const [progress, newProgress] = [card, newCard].map((each) => each.querySelector("progress"));
  if (!progress || !newProgress) {
    const chipChanged = card.querySelector(".chip")?.textContent !== newCard.querySelector(".chip")?.textContent;
    if (progress || chipChanged) replaceCard(card, newCard);
    return;
  }
  if (newProgress.hasAttribute("value")) progress.value = newProgress.value;
  card.querySelector(".chip").replaceWith(newCard.querySelector(".chip"));
  card.querySelector(".loading-bars").className = newCard.querySelector(".loading-bars").className;
}

document.addEventListener("htmx:afterSettle", schedulePoll);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isSessionEnded() && pendingCards().length) poll(); // perhaps after a log-in
});
schedulePoll();
