/* Synced lyrics: highlights the lines that are sung until they end, and the words in them where they have times; a
   click on a line seeks to its start.
   data-lyrics-player is the id of the audio or video element. */
import { endScrollRest, scrollToLine } from "./lyrics_scroll.js";

const EARLY_SECONDS = 0.05; // a line is highlighted this much before its start

for (const list of document.querySelectorAll("[data-lyrics-player]")) {
  const player = document.getElementById(list.dataset.lyricsPlayer);
  if (player) syncLyrics(list, player);
}

function syncLyrics(list, player) {
  const lines = [...list.querySelectorAll(".lyrics-line")].map((element) => ({
    element,
    start: Number(element.dataset.start),
    end: Number(element.dataset.end),
    isGuessed: "guessed" in element.dataset,
    words: [...element.querySelectorAll("[data-word-start]")],
  }));
  const hasWords = lines.some(({ words }) => words.length);
  let currentStart = null;
  let frame = 0;
  for (const { element } of lines) addSeekButton(element, player);

  const update = () => {
    const time = player.currentTime;
    const last = lines.findLast(({ start }) => start <= time + EARLY_SECONDS);
    const start = time > 0 && last ? last.start : null;
    // Lines with the same start are rows of one moment; one whose time is guessed is never lit
    for (const line of lines) {
      const isSung = line.start === start && time < line.end && !line.isGuessed;
      if (isSung) line.element.setAttribute("aria-current", "true");
      else line.element.removeAttribute("aria-current");
      if (line.words.length) lightWords(line.words, isSung ? time + EARLY_SECONDS : -1);
    }
    if (start === currentStart) return;
    currentStart = start;
    const line = lines.find((each) => each.start === start)?.element;
    if (line) scrollToLine(list, line, player);
  };
  player.addEventListener("timeupdate", update);

  // Words are shorter than the quarter of a second between two of these events
  const follow = () => {
    update();
    frame = player.paused ? 0 : requestAnimationFrame(follow);
  };
  player.addEventListener("playing", () => {
    if (hasWords && !frame) follow();
  });
}

function lightWords(words, time) {
  for (const word of words) word.toggleAttribute("data-sung", Number(word.dataset.wordStart) <= time);
}

function addSeekButton(line, player) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...line.childNodes);
  button.addEventListener("click", (event) => {
    if (event.detail) button.blur(); // a mouse: the space bar is to pause, not to come back here
    endScrollRest();
    player.currentTime = Number(line.dataset.start);
    player.play();
  });
  line.replaceChildren(button);
}
