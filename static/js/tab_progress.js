/* Shows in the tab how far videos are, by its title and its icon, and tells when they are ready: by a notification of
   the browser only where the person switched that on, and only while the page is not looked at. */
const STORAGE_KEY = "ready-notification";
const RING = { radius: 13, length: 2 * Math.PI * 13 };
const icon = document.querySelector("link[rel=icon][type='image/svg+xml']");
const plainIcon = icon?.href;
const plainTitle = document.title;
const isWatched = () => !document.hidden && document.hasFocus();

/** Return an icon with a ring of which `fraction` is drawn, or with a check mark. */
function drawIcon(fraction, isReady) {
  const turn = `transform="rotate(-90 18 18)" stroke-dasharray="${fraction * RING.length} ${RING.length}"`;
  const circle = `<circle cx="18" cy="18" r="${RING.radius}" fill="none" stroke-width="6"`;
  const mark = isReady
    ? '<path d="m11 18.5 5 5 9-10" fill="none" stroke="#fff" stroke-width="4.5" stroke-linecap="round"/>'
    : `${circle} stroke="#4a3b57"/>${circle} stroke="#ff8552" ${turn}/>`;
  const ground = `<rect width="36" height="36" rx="9" fill="${isReady ? "#1f8a5b" : "#17101e"}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">${ground}${mark}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Show in the tab that videos are in the making; `fraction` is 0 where nobody knows how far they are. */
export function showProgress(text, fraction) {
  document.title = `${text} · ${plainTitle}`;
  if (icon) icon.href = drawIcon(fraction, false);
}

/** Show in the tab that all is over, until somebody looks at the page. */
export function showReady(text) {
  if (isWatched()) {
    resetTab();
    return;
  }
  document.title = `✓ ${text} · ${plainTitle}`;
  if (icon) icon.href = drawIcon(1, true);
  notify(text);
}

export function resetTab() {
  document.title = plainTitle;
  if (icon) icon.href = plainIcon;
}

function isSwitchedOn() {
  try {
    return localStorage.getItem(STORAGE_KEY) === "on" && Notification.permission === "granted";
  } catch {
    return false; // storage may be blocked, or there are no notifications
  }
}

function notify(text) {
  if (!isSwitchedOn()) return;
  try {
    const notification = new Notification(text, { body: plainTitle, tag: STORAGE_KEY, icon: plainIcon });
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
    });
  } catch {
    // browsers of telephones let service workers notify only
  }
}

/** Show the buttons that switch notifications on and off, as they are now. */
function updateButtons() {
  const isOn = isSwitchedOn();
  for (const button of document.querySelectorAll("[data-notify]")) {
    button.hidden = !("Notification" in window) || Notification.permission === "denied";
    button.classList.toggle("keeps-room", !button.hidden);
    button.setAttribute("aria-pressed", String(isOn));
    button.querySelector("span").textContent = isOn ? button.dataset.onText : button.dataset.offText;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-notify]");
  if (!button) return;
  const isOn = !isSwitchedOn() && (await Notification.requestPermission()) === "granted";
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? "on" : "off");
  } catch {
    // storage may be blocked: then it stays off
  }
  updateButtons();
});

for (const type of ["visibilitychange", "focus"]) {
  (type === "focus" ? window : document).addEventListener(type, () => {
    if (isWatched() && document.title.startsWith("✓")) resetTab();
  });
}
document.addEventListener("htmx:afterSettle", updateButtons);
updateButtons();
