/* Hides the title of an embedded film while it plays, so that it covers no picture. */
const player = document.getElementById("player");
for (const type of ["play", "pause", "ended"]) {
  player.addEventListener(type, () => document.body.toggleAttribute("data-playing", !player.paused));
}
document.body.toggleAttribute("data-playing", !player.paused); // it may have begun before this ran
