/* Updates the library while videos are in the making: polls this page and takes over the counts and the cards that
   changed. It polls rarely while the page is hidden, and stops when nothing is in the making any more. */
import { clearError, showError } from "./request_errors.js";
import { hideSessionEnded, isSessionEnded, showSessionEnded } from "./session_banner.js";
import { showProgress, showReady } from "./tab_progress.js";
import { discardSentDraft } from "./video_draft.js";

const POLL_INTERVAL_MS = 5000;
const HIDDEN_POLL_INTERVAL_MS = 15000;
const counts = (page = document) => page.getElementById("library-counts");
const pendingCards = () => document.querySelectorAll("#results [data-pending]");
const pendingCount = () => Number(counts()?.dataset.pendingCount ?? 0);

let timer = 0;
let isStale = false; // the last poll failed, and the page says so
let isMaking = false; // as of the last look

function schedulePoll() {
  clearTimeout(timer);
  if (!pendingCards().length && !pendingCount()) return;
  const interval = document.hidden ? HIDDEN_POLL_INTERVAL_MS : POLL_INTERVAL_MS;
  timer = setTimeout(() => isSessionEnded() || poll(), interval);
}

async function poll() {
  await refreshCards().catch(() => showStale()); // the next poll tries again
  schedulePoll();
}

/** Say that the cards may be old, unless it says already that a search has failed, with a button to repeat it. */
function showStale() {
  const filters = document.querySelector(".filters");
  if (filters.nextElementSibling?.matches(".request-error")) return;
  isStale = true;
  showError(filters, "stale");
}

async function refreshCards() {
  const startTime = performance.now();
  const response = await fetch(location.href, { headers: { "HX-Request": "true" } });
  if (response.status === 401) {
    showSessionEnded();
    return;
  }
  if (!response.ok) throw new Error(response.status);
  if (isStale) clearError(document.querySelector(".filters"));
  isStale = false;
  hideSessionEnded(startTime);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  takeOverCounts(counts(page));
  for (const card of pendingCards()) {
    const newCard = page.getElementById(card.id);
    if (!newCard) continue;
    takeOverStack(card.querySelector(".stack"), newCard.querySelector(".stack"));
    if (newCard.hasAttribute("data-pending")) updateCard(card, newCard);
    else replaceCard(card, newCard);
  }
}

function takeOverCounts(newCounts) {
  if (newCounts && counts().textContent !== newCounts.textContent) {
    counts().replaceWith(newCounts);
    htmx.trigger(newCounts, "htmx:afterSettle"); // tab_progress.js then shows its button
  }
  showInTab();
}

/** Show in the tab how many videos are in the making, and tell when the last one is ready. */
function showInTab() {
  if (pendingCount()) showProgress(counts().dataset.pendingText, 0);
  else if (isMaking) showReady(counts().dataset.readyText);
  isMaking = pendingCount() > 0;
}

/** Take over the other films of a song, which may be selected or in the making. */
function takeOverStack(stack, newStack) {
  if (!stack || !newStack) return;
  newStack.open = stack.open;
  for (const box of stack.querySelectorAll("input:checked")) {
    const newBox = newStack.querySelector(`input[value="${box.value}"]`);
    if (newBox) newBox.checked = true;
  }
  if (stack.textContent !== newStack.textContent) stack.replaceWith(newStack.cloneNode(true));
}

function replaceCard(card, newCard) {
  const [box, newBox] = [card, newCard].map((each) => each.querySelector(":scope > .select-box input"));
  if (box && newBox) newBox.checked = box.checked;
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

discardSentDraft(); // an order of several videos leads here
document.addEventListener("htmx:afterSettle", schedulePoll);
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !(pendingCards().length || pendingCount())) return;
  poll(); // at once: hidden pages poll rarely, and perhaps there was a log-in
});
showInTab();
schedulePoll();
