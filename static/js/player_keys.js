/* Keys that play a page's film wherever the focus is. The keys that browsers give a focused film, a button or a field
   stay theirs. A switch in the help turns ours off, because a voice or a slip may press single letters. */
const SEEK_SECONDS = 5;
const STORAGE_KEY = "player-keys";

const player = document.getElementById("player");
const help = document.getElementById("keys-dialog");
const toggle = document.getElementById("keys-enabled");

const ACTIONS = {
  " ": () => (player.paused ? player.play() : player.pause()),
  ArrowLeft: () => seekBy(-SEEK_SECONDS),
  ArrowRight: () => seekBy(SEEK_SECONDS),
  ArrowUp: () => changeVolume(0.1),
  ArrowDown: () => changeVolume(-0.1),
  f: toggleFullscreen,
  m: () => {
    player.muted = !player.muted;
  },
  c: toggleCaptions,
  "?": () => help?.togglePopover(),
};
const FIELDS = "input, select, textarea, [contenteditable]";
const PRESSED_BY_SPACE = "button, summary, [role=button]";

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key !== "?" && isOff()) return;
  if (isElsewhere(event)) return;
  event.preventDefault();
  action();
});

/** Return whether a key belongs to the element that has the focus. */
function isElsewhere({ key, target }) {
  if (target.closest(FIELDS)) return true;
  if (key === " ") return target === player || target.closest(PRESSED_BY_SPACE) !== null;
  const isArrow = key.startsWith("Arrow");
  if (isArrow && target === player) return true;
  // Up and down scroll the page; beside the film they are its loudness while it fills the screen
  return (key === "ArrowUp" || key === "ArrowDown") && !document.fullscreenElement;
}

function seekBy(seconds) {
  const end = Number.isFinite(player.duration) ? player.duration : Infinity;
  player.currentTime = Math.min(Math.max(0, player.currentTime + seconds), end);
}

function changeVolume(step) {
  player.volume = Math.min(1, Math.max(0, player.volume + step));
}

function toggleFullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (player.requestFullscreen) player.requestFullscreen();
  else player.webkitEnterFullscreen?.(); // iPhones
}

function toggleCaptions() {
  const [track] = player.textTracks;
  if (track) track.mode = track.mode === "showing" ? "disabled" : "showing";
}

function isOff() {
  try {
    return localStorage.getItem(STORAGE_KEY) === "off";
  } catch {
    return false; // storage may be blocked
  }
}

if (toggle) {
  toggle.checked = !isOff();
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) localStorage.removeItem(STORAGE_KEY);
      else localStorage.setItem(STORAGE_KEY, "off");
    } catch {
      toggle.checked = true; // nothing can be stored: the keys stay on
    }
  });
}
