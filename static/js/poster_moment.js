/* The moment of the picture that is posted with a film: the player shows it, and a film that is played or searched
   chooses it, so that what is seen is what is saved. */
import { formatClock } from "./moment.js";

const slider = () => document.querySelector(".post-pictures [name=at]");
const isPlayer = (element) => element.matches?.("#video-status video");

function showMoment(percent, duration) {
  const text = formatClock((percent * duration) / 100);
  slider().setAttribute("aria-valuetext", text);
  slider().form.querySelector("output").value = text;
}

document.addEventListener("input", ({ target }) => {
  if (target !== slider()) return;
  const player = document.querySelector("#video-status video");
  if (!player?.duration) return;
  player.pause();
  player.currentTime = (Number(target.value) * player.duration) / 100;
  showMoment(target.value, player.duration);
});

// Events of players do not bubble
for (const type of ["loadedmetadata", "timeupdate", "seeked"]) {
  document.addEventListener(
    type,
    ({ target }) => {
      if (!slider() || !isPlayer(target)) return;
      const hasBegun = target.currentTime > 0;
      if (hasBegun && document.activeElement !== slider())
        slider().value = (100 * target.currentTime) / target.duration;
      showMoment(slider().value, target.duration);
    },
    true,
  );
}

/** Show the moment of a film that was loaded before this script. */
const player = document.querySelector("#video-status video");
if (slider() && player?.duration) showMoment(slider().value, player.duration);
