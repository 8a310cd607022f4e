/* Files that are dropped anywhere on a page: the page of new videos opens in its place, with these files. */
import { dropPage } from "./drop_page.js";
import { showSessionEnded } from "./session_banner.js";

const MAX_ATTEMPTS = 10;
const RETRY_MS = 1000;

const hasFiles = ({ dataTransfer }) => Boolean(dataTransfer?.types.includes("Files"));
const ownField = ({ target }) => target.closest?.("[type=file]"); // such as a cover's, which takes its files itself
const veil = () => document.getElementById("drop-veil");
let depth = 0; // of the elements that files are dragged over, one in another

function showVeil(isShown) {
  if (!isShown) depth = 0;
  veil().hidden = !isShown;
}

/** Return the page's response; a lost network has a few seconds to come back. */
async function fetchPage(url) {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (response) return response;
    await new Promise((resolve) => {
      setTimeout(resolve, RETRY_MS);
    });
  }
  return null;
}

/** Put the page of new videos into this one: its files cannot go along to another page. */
async function openDropPage() {
  const { url } = veil().dataset;
  const response = await fetchPage(url);
  if (response?.status === 401) {
    showSessionEnded();
    return null;
  }
  if (!response?.ok) {
    location.assign(url); // to show the error; the files are to be dropped again
    return null;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
  document.querySelector(".site-nav").replaceWith(page.querySelector(".site-nav"));
  document.body.className = page.body.className;
  document.title = page.title;
  history.pushState(null, "", url);
  window.addEventListener("popstate", () => location.reload(), { once: true });
  htmx.process(document.getElementById("main"));
  window.scrollTo(0, 0);
  return dropPage();
}

document.addEventListener("dragenter", (event) => {
  if (!hasFiles(event)) return;
  depth += 1;
  showVeil(true);
});
document.addEventListener("dragleave", (event) => {
  if (!hasFiles(event)) return;
  depth -= 1;
  if (depth <= 0) showVeil(false);
});
document.addEventListener("dragover", (event) => {
  if (hasFiles(event) && !ownField(event)) event.preventDefault(); // else the browser opens the file
});
document.addEventListener("drop", async (event) => {
  if (!hasFiles(event)) return;
  showVeil(false);
  const field = ownField(event);
  if (field && !field.matches("#drop-files")) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files]; // read now: it is empty after the event
  const page = dropPage() ?? (await openDropPage());
  page?.add(files);
});

dropPage();
