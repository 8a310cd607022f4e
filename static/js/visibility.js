/* Who may watch a video: the choice that is shown is the one that is stored. If it could not be saved, the form
   goes back to it; after a lost answer, the page looks up which one is stored. */
import { clearError } from "./request_errors.js";

const LOOKUP_MS = 5000;
const form = document.querySelector(".visibility-form");
let failedChoice = null; // what "Try again" saves

function setStoredChoice(value) {
  for (const radio of form.elements.visibility) radio.defaultChecked = radio.value === value;
  form.reset();
}

form.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, successful, xhr } }) => {
  const choice = requestConfig.formData.get("visibility");
  failedChoice = successful ? null : choice;
  if (successful) setStoredChoice(choice);
  else form.reset();
  if (!xhr.status) setTimeout(lookUp, LOOKUP_MS); // no answer: it may have been saved all the same
});

document.addEventListener(
  "retry",
  (event) => {
    if (event.target !== form || !failedChoice) return;
    form.querySelector(`[value="${failedChoice}"]`).checked = true;
  },
  true, // before htmx reads the form
);

/** Show the choice that the server has stored; wait for the network if there is none. */
async function lookUp() {
  if (!failedChoice) return; // tried again meanwhile
  const choice = failedChoice;
  const response = await fetch(location.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) {
    if (!response) setTimeout(lookUp, LOOKUP_MS);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const stored = page.querySelector(".visibility-form [name=visibility]:checked")?.value;
  if (!stored || failedChoice !== choice) return;
  setStoredChoice(stored);
  document.getElementById("share-link").replaceWith(page.getElementById("share-link"));
  if (stored === choice) clearError(form);
}
