/* Keeps the line that is sung in sight. A list with a height of its own scrolls by itself; a longer one moves the
   page, whose film is sticky. Both rest for a while after somebody has scrolled by hand. */
const REST_MS = 5000; // after a scroll by hand
const SCROLL_KEYS = ["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", "Tab", " "];

let lastScroll = -Infinity; // when somebody scrolled by hand
let restTimer = 0;

const noteScroll = () => {
  lastScroll = performance.now();
};
for (const type of ["wheel", "touchmove"]) window.addEventListener(type, noteScroll, { passive: true });
window.addEventListener("keydown", ({ key, defaultPrevented }) => {
  if (SCROLL_KEYS.includes(key) && !defaultPrevented) noteScroll(); // others play the film
});

/** Scroll to a line at once, also after a scroll by hand: somebody chose it. */
export function endScrollRest() {
  lastScroll = -Infinity;
}

/** Bring `line` to the middle of what can be seen of `list`, at once or after a rest; not while `player` pauses. */
export function scrollToLine(list, line, player) {
  clearTimeout(restTimer);
  if (player.paused || document.fullscreenElement) return;
  const rest = lastScroll + REST_MS - performance.now();
  if (rest > 0) restTimer = setTimeout(() => scrollToLine(list, line, player), rest);
  else if (list.scrollHeight > list.clientHeight + 1) scrollList(list, line);
  else scrollPage(list, line, player);
}

const behavior = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

function scrollList(list, line) {
  const top = line.offsetTop - (list.clientHeight - line.offsetHeight) / 2;
  list.scrollTo({ top, behavior: behavior() });
}

function scrollPage(list, line, player) {
  const box = line.getBoundingClientRect();
  const [top, bottom] = visibleBand(list, player);
  const offset = Math.min((box.top + box.bottom - top - bottom) / 2, stickyRest(list, player));
  if (document.documentElement.scrollHeight > innerHeight) scrollBy({ top: offset, behavior: behavior() });
}

/** Return how far the page can scroll until the film, which is sticky beside the list, leaves with its end. */
function stickyRest(list, player) {
  const parts = [player.closest(".share-main"), player.closest(".player")].filter(Boolean);
  const sticky = parts.find((part) => getComputedStyle(part).position === "sticky");
  if (!sticky) return Infinity;
  const bottom = Number.parseFloat(getComputedStyle(sticky).top) + sticky.offsetHeight;
  return list.getBoundingClientRect().bottom - bottom;
}

/** Return the top and the bottom of the part of the window in which the lyrics can be seen, in pixels. */
function visibleBand(list, player) {
  const film = player.closest(".player");
  const header = document.querySelector(".site-header")?.offsetHeight ?? 0;
  const tabBar = [...document.querySelectorAll(".site-nav")].find((nav) => getComputedStyle(nav).position === "fixed");
  const bottom = innerHeight - (tabBar?.offsetHeight ?? 0);
  if (!film) return [header, bottom];
  const isAbove = film.getBoundingClientRect().right > list.getBoundingClientRect().left;
  return [isAbove ? header + film.offsetHeight : header, bottom];
}
