/* The draft of a new video: what was chosen survives a reload, a log-in and a closed tab. This browser stores it,
   without files, and for the person who chose it; it ends when the video is ordered, or by "Start afresh". */
const MAX_AGE_MS = 30 * 24 * 3600 * 1000;
const SKIPPED = ["csrfmiddlewaretoken", "form_token", "clear_backdrop", "backdrop", "shown"];
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
    if (SKIPPED.includes(name) || typeof value !== "string") continue;
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

/** Show the pictures that were uploaded already: the server has them. */
function restoreBackdrop([assets]) {
  if (!assets || assets === form.elements.assets?.value) return false;
  const choice = form.querySelector("#backdrop-choice");
  const { uploadUrl } = choice.dataset;
  htmx.ajax("POST", uploadUrl, { target: choice, swap: "outerHTML", values: { assets } });
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
  const names = new Set([...form.elements].map((each) => each.name).filter((name) => name && !SKIPPED.includes(name)));
  const first = isSameSong ? ["song"] : [];
  const skipped = isSameSong ? [] : ["author", "provider"];
  const others = [...names].filter((name) => !["song", "assets", ...skipped].includes(name));
  const isRestored = [restore(values, first), restore(values, others), restoreBackdrop(values.assets ?? [])];
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
