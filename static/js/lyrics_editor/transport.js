/* Plays the song: play and pause, speed, seeking, and a call for each frame that is shown while it plays. */
export function formatTime(seconds) {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const [minutes, rest] = [Math.floor(hundredths / 6000), hundredths % 6000];
  return `${minutes}:${String(Math.floor(rest / 100)).padStart(2, "0")}.${String(rest % 100).padStart(2, "0")}`;
}

export class Transport {
  #frame = 0;

  constructor(editor, onTime) {
    this.player = document.getElementById("player");
    this.clock = document.getElementById("clock");
    this.seekBar = document.getElementById("seek");
    this.button = editor.querySelector("[data-do=play]");
    this.onTime = onTime;
    this.player.preservesPitch = true;
    for (const type of ["play", "pause", "ended"]) this.player.addEventListener(type, () => this.#update());
    for (const type of ["timeupdate", "seeked"]) this.player.addEventListener(type, () => this.#show());
    this.player.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(this.player.duration)) this.seekBar.max = this.player.duration.toFixed(2);
    });
    this.seekBar.addEventListener("input", () => this.seek(Number(this.seekBar.value)));
    for (const radio of editor.querySelectorAll("input[name=rate]")) {
      radio.addEventListener("change", () => {
        this.player.playbackRate = Number(radio.value);
      });
    }
  }

  get time() {
    return this.player.currentTime;
  }

  get isPlaying() {
    return !this.player.paused;
  }

  get duration() {
    return Number(this.seekBar.max);
  }

  toggle() {
    if (this.isPlaying) this.player.pause();
    else this.play();
  }

  play() {
    this.player.play().catch(() => {}); // a browser that refuses shows it: the button stays
  }

  pause() {
    this.player.pause();
  }

  playFrom(time) {
    this.seek(time);
    this.play();
  }

  seek(time) {
    this.player.currentTime = Math.max(0, time);
    this.#show();
  }

  #update() {
    this.button.setAttribute("aria-pressed", String(this.isPlaying));
    if (this.isPlaying && !this.#frame) this.#follow();
    this.#show();
  }

  // Words are shorter than the quarter of a second between two events of the player
  #follow() {
    this.#show();
    this.#frame = this.isPlaying ? requestAnimationFrame(() => this.#follow()) : 0;
  }

  #show() {
    const text = formatTime(this.time);
    this.clock.value = text;
    if (document.activeElement !== this.seekBar || this.isPlaying) this.seekBar.value = String(this.time);
    this.seekBar.setAttribute("aria-valuetext", text);
    this.onTime(this.time);
  }
}
