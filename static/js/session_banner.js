/* The banner of a page whose session has ended: it leads to the log-in and back, and keeps what was typed.
   It goes away by itself when a request succeeds again, because of a log-in in another tab. */
import { discardDraft, saveDraft } from "./drafts.js";

const banner = document.getElementById("session-banner");

export const isSessionEnded = () => Boolean(banner && !banner.hidden);

export function showSessionEnded() {
  if (!banner) return;
  const link = banner.querySelector("a");
  const address = new URL(link.href);
  address.searchParams.set("next", location.pathname + location.search);
  link.href = address;
  banner.hidden = false;
  saveDraft(true);
}

export function hideSessionEnded() {
  if (!isSessionEnded()) return;
  banner.hidden = true;
  discardDraft();
}

window.addEventListener("pagehide", () => {
  if (isSessionEnded()) saveDraft(true); // with what was typed since
});
