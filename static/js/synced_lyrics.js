/* Synced lyrics: highlights the lines that are sung until they end; a click on one seeks to its start.
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
  }));
  let currentStart = null;
  for (const { element } of lines) addSeekButton(element, player);

  player.addEventListener("timeupdate", () => {
    const time = player.currentTime;
    const last = lines.findLast(({ start }) => start <= time + EARLY_SECONDS);
    const start = time > 0 && last ? last.start : null;
    // Lines with the same start are rows of one moment; one whose time is guessed is never lit
    for (const line of lines) {
      const isSung = line.start === start && time < line.end && !line.isGuessed;
      if (isSung) line.element.setAttribute("aria-current", "true");
      else line.element.removeAttribute("aria-current");
    }
    if (start === currentStart) return;
    currentStart = start;
    const line = lines.find((each) => each.start === start)?.element;
    if (line) scrollToLine(list, line, player);
  });
}

function addSeekButton(line, player) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...line.childNodes);
  button.addEventListener("click", () => {
    endScrollRest();
    player.currentTime = Number(line.dataset.start);
    player.play();
  });
  line.replaceChildren(button);
}
