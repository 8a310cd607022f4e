/* Lets the film start at the moment that the page's address names after "#": "#t=90", "#t=1m30s" or "#t=1:30".
   "?t=" needs no script: the server writes it into the film's own address. */
const UNITS = /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s?)?$/i;
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,3})?)$/;

const player = document.getElementById("player");

function seekToHash() {
  const text = new URLSearchParams(location.hash.slice(1)).get("t")?.trim();
  const match = text && (CLOCK.exec(text) ?? UNITS.exec(text));
  if (!match) return;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  player.currentTime = hours * 3600 + minutes * 60 + seconds;
}

if (player) {
  seekToHash();
  addEventListener("hashchange", seekToHash);
}
