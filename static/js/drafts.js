/* Drafts: what was typed into a page's forms is kept in this tab while somebody logs in again, or while a
   form that was sent finds no server, and is put back when the page is opened again. Passwords and files are
   never kept, and nobody but the person who typed it gets it back. The form of a new video has its own draft. */
const KEY = "draft";
const MAX_AGE_MS = 12 * 3600 * 1000;
const SKIPPED = "[type=hidden], [type=password], [type=file], [type=submit], [type=button], [name=theme]";
const isWayBack = document.body.matches(".body-auth, .body-error"); // the log-in, or a form that was refused
const user = document.body.dataset.user ?? "";

const forms = () => [...document.querySelectorAll("form[method=post]:not(.video-form)")];
const controls = (form) => [...form.elements].filter((each) => each.name && !each.matches(SKIPPED));
const isCheckable = (control) => control.type === "checkbox" || control.type === "radio";

function readDraft() {
  try {
    const draft = JSON.parse(sessionStorage.getItem(KEY));
    return draft && Date.now() - draft.time < MAX_AGE_MS ? draft : null;
  } catch {
    return null; // storage may be blocked
  }
}

function writeDraft(draft) {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft));
    else sessionStorage.removeItem(KEY);
  } catch {
    // storage may be blocked or full: then nothing is kept
  }
}

const readForm = (form) =>
  controls(form).map(({ name, type, value, checked }) => [
    name,
    value,
    type === "checkbox" || type === "radio" ? checked : null,
  ]);

/** Keep what the page's forms hold; an interrupted draft is put back whenever the page is opened next. */
export function saveDraft(isInterrupted) {
  if (isWayBack || !user) return;
  const path = location.pathname;
  writeDraft({ user, path, isInterrupted, time: Date.now(), forms: forms().map(readForm) });
}

export function discardDraft() {
  writeDraft(null);
}

function restoreForm(form, values) {
  let hasChanged = false;
  for (const [name, value, checked] of values) {
    const control = controls(form).find((each) => each.name === name && (checked === null || each.value === value));
    if (!control || (isCheckable(control) ? control.checked === checked : control.value === value)) continue;
    if (control.type === "radio" && !checked) continue; // the one that is checked unchecks it
    if (isCheckable(control)) control.checked = checked;
    else control.value = value;
    hasChanged = true;
    if (control.closest("details")) control.closest("details").open = true;
    for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return hasChanged;
}

function restoreDraft(draft) {
  const restored = forms().map((form, i) => restoreForm(form, draft.forms[i] ?? []));
  const notice = document.getElementById("draft-notice");
  if (notice && restored.some(Boolean)) notice.hidden = false;
}

function openPage() {
  const draft = readDraft();
  if (!draft) return;
  if (isWayBack) {
    writeDraft({ ...draft, isInterrupted: true });
    return;
  }
  const isHere = draft.path === location.pathname && draft.user === user;
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (isHere && (draft.isInterrupted || cameBack)) restoreDraft(draft);
  if (isHere || !draft.isInterrupted || draft.user !== user) discardDraft();
}

// After the page's own scripts, which set their fields up as they are loaded
document.addEventListener("DOMContentLoaded", openPage);
document.addEventListener("submit", (event) => {
  if (event.target.method === "post") saveDraft(false); // the next page discards it, unless it is a way back
});
