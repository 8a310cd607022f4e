/* Times in the reader's own zone. Without this script they stand in the site's zone, which is named. */
const FORMS = { day: { dateStyle: "medium" }, clock: { timeStyle: "medium" }, moment: { dateStyle: "medium", timeStyle: "medium" } };

function localise(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const form = FORMS[time.dataset.local];
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, form);
    delete time.dataset.local;
  }
}

localise(document);
document.addEventListener("htmx:load", (event) => localise(event.target));
