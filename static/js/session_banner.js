/* The banner of a page whose session has ended: it leads to the log-in and back, and keeps what was typed.
   It goes away by itself when a request succeeds again, because of a log-in in another tab. */
import { discardDraft, saveDraft } from "./drafts.js";

const banner = document.getElementById("session-banner");
let shownAt = 0;

export const isSessionEnded = () => Boolean(banner && !banner.hidden);

export function showSessionEnded() {
  if (!banner) return;
  const link = banner.querySelector("a");
  const address = new URL(link.href);
  address.searchParams.set("next", location.pathname + location.search);
  link.href = address;
  banner.hidden = false;
  shownAt = performance.now();
  saveDraft(true);
}

/** Hide the banner after a success of a request that began at `startTime` (of performance.now()): what was
    requested before the banner came may have been answered while there was still a session. */
export function hideSessionEnded(startTime) {
  if (!isSessionEnded() || !(startTime > shownAt)) return;
  banner.hidden = true;
  discardDraft();
}

window.addEventListener("pagehide", () => {
  if (isSessionEnded()) saveDraft(true); // with what was typed since
});
