/* One song sounds at a time. */
document.addEventListener(
  "play",
  (event) => {
    for (const other of document.querySelectorAll("audio, video")) {
      if (other !== event.target) other.pause();
    }
  },
  true,
);
