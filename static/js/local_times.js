/* Writes times in the reader's time zone. Without this script the page shows them in the server's, which it
   names. */
const FORMATS = {
  date: { dateStyle: "medium" },
  time: { timeStyle: "medium" },
  minute: { dateStyle: "medium", timeStyle: "short" },
  datetime: { dateStyle: "medium", timeStyle: "medium" },
};

function localiseTimes(root) {
  for (const time of root.querySelectorAll("time[data-local-time]")) {
    const format = FORMATS[time.dataset.localTime];
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, format);
    delete time.dataset.localTime;
  }
}

localiseTimes(document);
document.addEventListener("htmx:load", (event) => localiseTimes(event.target));
