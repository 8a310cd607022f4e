/* Synced lyrics: highlights the line that is sung, and a click on a line seeks to its start.
   data-lyrics-player is the id of the audio or video element. */
const EARLY_SECONDS = 0.05; // a line is highlighted this much before its start

for (const list of document.querySelectorAll("[data-lyrics-player]")) {
  const player = document.getElementById(list.dataset.lyricsPlayer);
  if (player) syncLyrics(list, player);
}

function syncLyrics(list, player) {
  const lines = [...list.querySelectorAll(".lyrics-line")];
  const starts = lines.map((line) => Number(line.dataset.start));
  let currentLine = null;
  for (const line of lines) addSeekButton(line, player);

  player.addEventListener("timeupdate", () => {
    const index = starts.findLastIndex((start) => start <= player.currentTime + EARLY_SECONDS);
    const line = player.currentTime > 0 ? (lines[index] ?? null) : null;
    if (line === currentLine) return;
    currentLine?.removeAttribute("aria-current");
    line?.setAttribute("aria-current", "true");
    currentLine = line;
    // Scroll the list only, never the page, and not while somebody points at it or tabs through it
    if (line && !list.matches(":hover, :focus-within")) {
      const top = line.offsetTop - (list.clientHeight - line.offsetHeight) / 2;
      list.scrollTo({ top, behavior: "smooth" });
    }
  });
}

function addSeekButton(line, player) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...line.childNodes);
  button.addEventListener("click", () => {
    player.currentTime = Number(line.dataset.start);
    player.play();
  });
  line.replaceChildren(button);
}
