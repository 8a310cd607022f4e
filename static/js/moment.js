/* The moment of the preview: its time in the song for eyes and screen readers, and the song from there. */
const form = document.querySelector(".video-form");
const line = form?.querySelector(".preview-moment");

/** Return a time as "1:05". */
export function formatClock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Return the seconds of a time as people write it, "0:34" or "34.5"; NaN for anything else. */
function parseClock(text) {
  const parts = text.trim().replace(",", ".").split(":");
  return parts.every((part) => /^\d+(\.\d+)?$/.test(part))
    ? parts.reduce((sum, part) => sum * 60 + Number(part), 0)
    : NaN;
}

function followMoment() {
  const slider = form.elements.at;
  const output = line.querySelector("output");
  const button = line.querySelector("button");
  const label = button.querySelector("span");
  let player = null; // that of the chosen song, in the list

  /** Return the part of the song that the film shows; its start is null where only the server knows it. */
  function shownPart() {
    const song = form.querySelector("input[name=song]:checked");
    const duration = Number(song?.dataset.duration);
    const clip = form.elements.clip?.value ?? "";
    if (clip === "times") {
      const [start, end] = [form.elements.clip_from, form.elements.clip_to].map((field) => parseClock(field.value));
      if (end > start) return { start, length: Math.min(end, duration || end) - start };
    } else if (Number(clip)) return { start: null, length: Math.min(Number(clip), duration || Number(clip)) };
    return { start: 0, length: duration };
  }

  function place() {
    const { start, length } = shownPart();
    return { start, length, time: (length * Number(slider.value)) / 100 };
  }

  function show() {
    const { start, length, time } = place();
    line.hidden = !length;
    if (!length) return;
    const text = (start === null ? line.dataset.atHook : line.dataset.at)
      .replace("{time}", formatClock(time + (start ?? 0)))
      .replace("{length}", formatClock(length + (start ?? 0)));
    output.value = text;
    slider.setAttribute("aria-valuetext", text);
    button.hidden = start === null || !songPlayer();
  }

  function songPlayer() {
    return form.querySelector("input[name=song]:checked")?.closest(".song-choice")?.querySelector("audio") ?? null;
  }

  function showPlaying() {
    const isPlaying = Boolean(player) && !player.paused;
    button.setAttribute("aria-pressed", String(isPlaying));
    label.textContent = isPlaying ? button.dataset.pause : button.dataset.listen;
  }

  /** Play the chosen song from the moment; its length is known once it has begun to load. */
  function listen() {
    const chosen = songPlayer();
    if (player !== chosen) {
      player?.pause();
      player = chosen;
      for (const type of ["play", "pause", "ended"]) player.addEventListener(type, showPlaying);
    }
    const { start, time } = place();
    const begin = () => {
      player.currentTime = start + time;
    };
    if (player.readyState) begin();
    else player.addEventListener("loadedmetadata", begin, { once: true });
    player.play().catch(showPlaying);
  }

  button.addEventListener("click", () => {
    if (player && !player.paused) player.pause();
    else listen();
  });
  slider.addEventListener("change", () => {
    if (player && !player.paused) listen();
  });
  form.addEventListener("input", (event) => {
    if (event.target.name === "song") player?.pause();
    show();
  });
  window.addEventListener("pageshow", show);
  show();
}

if (line && form.elements.at) followMoment();
