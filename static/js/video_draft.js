/* The draft of a new video: what was chosen survives a reload, a log-in and a closed tab. This browser stores it,
   without files, and for the person who chose it; it ends when the video is ordered, or by "Start afresh". */
const MAX_AGE_MS = 30 * 24 * 3600 * 1000;
const SKIPPED = ["csrfmiddlewaretoken", "form_token", "replaces", "shown"];
// Parts of the form with the ids of what was uploaded already: the server shows it
const UPLOADS = { "backdrop-choice": ["assets"], "film-files": ["logo", "translation"] };
const KEY = `draft-video-${document.body.dataset.user}`;
const form = document.querySelector(".video-form");

function readDraft() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY));
    return draft && Date.now() - draft.time < MAX_AGE_MS ? draft : null;
  } catch {
    return null; // storage may be blocked
  }
}

function writeDraft(draft) {
  try {
    if (draft) localStorage.setItem(KEY, JSON.stringify(draft));
    else localStorage.removeItem(KEY);
  } catch {
    // storage may be blocked or full: then nothing is stored
  }
}

/** Forget a draft that was sent: the page of what was ordered does that. */
export function discardSentDraft() {
  if (readDraft()?.isSent) writeDraft(null);
}

function saveDraft(isSent) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (SKIPPED.includes(name) || name.startsWith("clear_") || typeof value !== "string") continue;
    values[name] = [...(values[name] ?? []), value];
  }
  writeDraft({ time: Date.now(), isSent, values });
}

/** Set a control to what the draft has, and return whether that changed it. */
function restoreControl(control, values) {
  const isCheckable = control.type === "checkbox" || control.type === "radio";
  const before = isCheckable ? control.checked : control.value;
  if (isCheckable) control.checked = values.includes(control.value);
  else if (values.length) control.value = values[0];
  if ((isCheckable ? control.checked : control.value) === before) return false;
  if (control.closest("details")) control.closest("details").open = true;
  for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

/** Restore the fields called `names`; a radio that others exclude is set after what decides about it. */
function restore(values, names) {
  const controls = [...form.elements].filter((each) => names.includes(each.name));
  return controls.map((each) => restoreControl(each, values[each.name] ?? [])).some(Boolean);
}

/** Show what was uploaded already, such as pictures. */
function restoreUploads(id, names, values) {
  const part = document.getElementById(id);
  const ids = Object.fromEntries(names.map((name) => [name, values[name]?.[0] ?? ""]));
  if (!part || names.every((name) => !(name in values) || form.elements[name]?.value === ids[name])) return false;
  htmx.ajax("POST", part.dataset.uploadUrl, { target: part, swap: "outerHTML", values: ids });
  return true;
}

function restoreDraft({ values }) {
  const query = new URLSearchParams(location.search);
  const [song] = values.song ?? [];
  const isListed = [...form.querySelectorAll("input[name=song]")].some((each) => each.value === song);
  if (song && !isListed && ![...query.keys()].length) {
    location.replace(`?song=${encodeURIComponent(song)}`); // the server lists it then
    return;
  }
  const isSameSong = isListed && (!query.has("song") || query.get("song") === song);
  const controls = [...form.elements].filter((each) => each.name && each.type !== "hidden" && each.type !== "file");
  const skipped = [...SKIPPED, "song", ...(isSameSong ? [] : ["author", "provider"])];
  const names = controls
    .map((each) => each.name)
    .filter((name) => !skipped.includes(name) && !name.startsWith("clear_"));
  const isRestored = [
    restore(values, isSameSong ? ["song"] : []),
    restore(values, names),
    ...Object.entries(UPLOADS).map(([id, fields]) => restoreUploads(id, fields, values)),
  ];
  document.getElementById("video-draft").hidden = !isRestored.some(Boolean);
}

function openForm() {
  const draft = readDraft();
  if (draft && !form.hasAttribute("data-as-sent")) restoreDraft(draft);
  for (const type of ["input", "change", "htmx:afterSettle"]) form.addEventListener(type, () => saveDraft(false));
  form.addEventListener("submit", () => saveDraft(true));
}

if (form) {
  // After the page's own scripts and htmx, which follow the form
  document.addEventListener("DOMContentLoaded", openForm);
  document.querySelector("#video-draft button").addEventListener("click", () => {
    writeDraft(null);
    form.reset();
    location.assign(location.pathname);
  });
}
