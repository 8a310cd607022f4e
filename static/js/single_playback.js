/* Only one audio or video element plays at a time: starting one pauses the others. */
document.addEventListener(
  "play",
  (event) => {
    for (const player of document.querySelectorAll("audio, video")) {
      if (player !== event.target) player.pause();
    }
  },
  true, // "play" does not bubble: listen in the capture phase
);
