/* Tells the portal that somebody plays the film. It counts each viewer once a length, without a cookie. */
const player = document.getElementById("player");

player.addEventListener("play", () => navigator.sendBeacon(player.dataset.viewUrl));
if (!player.paused) navigator.sendBeacon(player.dataset.viewUrl); // it may have begun before this ran
