/* Keeps the cards of videos in the making up to date: fetches this page now and then, and takes over
   the cards that moved. Stops when none is left, waits while the page is hidden. */
const EVERY = 5000; // milliseconds
const pending = () => document.querySelectorAll("#results [data-pending]");

let timer = 0;

function later() {
  clearTimeout(timer);
  if (pending().length) timer = setTimeout(look, EVERY);
}

async function look() {
  if (!document.hidden) await refresh().catch(() => {}); // no answer now: ask again later
  later();
}

async function refresh() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const card of pending()) {
    const fresh = page.getElementById(card.id);
    if (!fresh) continue;
    if (fresh.hasAttribute("data-pending")) adopt(card, fresh);
    else replace(card, fresh);
  }
}

function replace(card, fresh) {
  card.replaceWith(fresh);
  htmx.trigger(fresh, "htmx:load"); // which tells its times in the reader's zone
}

/** Move a card that is still in the making along without restarting its bars. */
function adopt(card, fresh) {
  const [bar, news] = [card, fresh].map((each) => each.querySelector("progress"));
  if (!bar || !news) {
    if (bar || card.querySelector(".chip")?.textContent !== fresh.querySelector(".chip")?.textContent) replace(card, fresh);
    return;
  }
  if (news.hasAttribute("value")) bar.value = news.value;
  card.querySelector(".chip").replaceWith(fresh.querySelector(".chip"));
  card.querySelector(".bars").className = fresh.querySelector(".bars").className;
}

document.addEventListener("htmx:afterSettle", later);
later();
