/* Watches a video that is in the making: asks the server for news through htmx, at the pace that the
   server sets (its 204 says "again-5"), not while the page is hidden, and never after the end. */
const LOST = 10; // seconds to wait after an answer that did not come
let timer = 0;
let owed = false; // a question that fell due while the page was hidden
let said = "";

const stage = () => document.getElementById("video-status");

function askIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, seconds * 1000);
}

function ask() {
  owed = document.hidden;
  if (!owed && stage()?.dataset.poll) htmx.trigger(stage(), "watch");
}

function say() {
  const { words, percent, status } = stage().dataset;
  if (status === "PENDING") document.title = `${percent} % · ${title}`;
  else document.title = title;
  // Aloud only what is new in words, and every fourth part of the way
  const news = status === "PENDING" && percent >= 25 ? `${words}, ${percent - (percent % 25)} %` : words;
  if (news !== said && said) document.getElementById("video-news").textContent = news;
  said = news;
}

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.id !== "video-status") return;
  const { xhr, successful } = event.detail;
  if (!successful) askIn(LOST);
  else if (xhr.status === 204) {
    askIn(Number(/again-(\d+)/.exec(xhr.getResponseHeader("HX-Trigger"))?.[1]) || LOST);
  }
});

// Logged out meanwhile: the answer is another page, so show that one as a whole
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.responseText.includes(`id="${event.target.id}"`)) return;
  event.detail.shouldSwap = false;
  if (xhr.status === 200) location.reload();
});

// Where a choice of who may watch could not be saved, the page goes back to the last one that was
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  const { requestConfig, successful } = event.detail;
  if (!form.matches(".sharing")) return;
  if (!successful) form.reset();
  else for (const choice of form.elements.visibility) choice.defaultChecked = choice.value === requestConfig.formData.get("visibility");
});

// A film that somebody watches is not taken from them when our own copy comes: only the note moves
document.addEventListener("htmx:beforeSwap", (event) => {
  const film = document.querySelector("#video-status .screen-film");
  if (event.target.id !== "video-status" || !film || film.paused || film.ended) return;
  event.detail.shouldSwap = false;
  const news = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const [note, fresh] = [document, news].map((each) => each.getElementById("copy-note"));
  if (fresh) note?.replaceWith(fresh);
  else note?.remove();
  if (fresh) askIn(LOST);
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "video-status") return;
  say();
  if (stage().dataset.poll) askIn(Number(stage().dataset.poll));
  else refreshFacts();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && owed) ask();
});

/** Bring the length, size and history that came with the end, leaving what is open open. */
async function refreshFacts() {
  const old = document.getElementById("video-facts");
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = page.getElementById("video-facts");
  if (!fresh) return;
  const open = [...old.querySelectorAll("details")].map((details) => details.open);
  fresh.querySelectorAll("details").forEach((details, i) => {
    details.open = open[i];
  });
  old.replaceWith(fresh);
  htmx.trigger(fresh, "htmx:load"); // which tells its times in the reader's zone
}

const title = document.title;
say();
if (stage().dataset.poll) askIn(Number(stage().dataset.poll));
