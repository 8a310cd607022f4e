/* Lyrics that follow the sound: marks the line that is sung, and a click on a line goes there. */
for (const list of document.querySelectorAll("[data-lyrics]")) {
  const player = document.getElementById(list.dataset.lyrics);
  if (player) follow(list, player);
}

function follow(list, player) {
  const lines = [...list.querySelectorAll(".lyrics-line")];
  const starts = lines.map((line) => Number(line.dataset.start));
  let current = null;
  for (const line of lines) makeButton(line, player);

  player.addEventListener("timeupdate", () => {
    const at = starts.findLastIndex((start) => start <= player.currentTime + 0.05);
    const sung = player.currentTime > 0 ? (lines[at] ?? null) : null;
    if (sung === current) return;
    current?.removeAttribute("aria-current");
    sung?.setAttribute("aria-current", "true");
    current = sung;
    // Only the list scrolls, never the page, and not under somebody who reads on
    if (sung && !list.matches(":hover, :focus-within")) {
      const middle = sung.offsetTop - (list.clientHeight - sung.offsetHeight) / 2;
      list.scrollTo({ top: middle, behavior: "smooth" });
    }
  });
}

function makeButton(line, player) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...line.childNodes);
  button.addEventListener("click", () => {
    player.currentTime = Number(line.dataset.start);
    player.play();
  });
  line.replaceChildren(button);
}
