/* The Share dialog: the link and the embed code at the current moment, the code's size, the system's share sheet. */
const dialog = document.getElementById("share-dialog");
const player = document.getElementById("player");
const link = document.getElementById("share-link");
const atTime = document.getElementById("share-at-time");
const sheet = document.getElementById("share-sheet");
const size = document.getElementById("embed-size");
const code = document.getElementById("embed-code");

dialog.addEventListener("beforetoggle", ({ newState }) => {
  if (newState === "open") update();
});
for (const input of [atTime, size]) input?.addEventListener("change", update);
player.addEventListener("seeked", () => {
  if (dialog.matches(":popover-open")) update();
});

if (navigator.share) {
  sheet.hidden = false;
  sheet.addEventListener("click", () => {
    navigator.share({ title: dialog.dataset.title, url: link.value }).catch(() => {}); // people may close it
  });
}

function update() {
  const seconds = Math.floor(player.currentTime);
  document.getElementById("share-time").textContent = clock(seconds);
  const start = atTime.checked ? seconds : 0;
  link.value = withStart(dialog.dataset.url, start);
  if (code) code.value = size.value.replace(/src="([^"]+)"/, (_, url) => `src="${withStart(url, start)}"`);
}

/** Return an address of ours that starts the film at so many seconds. */
function withStart(address, seconds) {
  const [page] = address.split("?");
  return seconds ? `${page}?t=${seconds}` : page;
}

function clock(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
