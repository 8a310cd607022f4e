/* Seconds of the film with its sound, over the still picture beside the form of a new video. They are made and
   played when somebody presses the button, and go when the form changes. */
const form = document.querySelector(".video-form");
const button = form?.querySelector(".preview-play");

function followMotion() {
  const box = form.querySelector(".preview-motion");
  const note = form.querySelector(".preview-motion-note");
  const label = button.querySelector("span");
  let changes = 0; // of the form: an answer to an earlier one comes too late
  let changesAtRequest = 0;

  const setLabel = (name) => {
    label.textContent = button.dataset[name];
    button.setAttribute("aria-busy", String(name === "makingText"));
  };
  const setNote = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const showStill = () => {
    box.replaceChildren();
    setNote("");
    if (button.getAttribute("aria-busy") !== "true") setLabel("playText");
  };

  async function play(html) {
    const video = new DOMParser().parseFromString(html, "text/html").querySelector("video");
    if (!video) return;
    const player = document.importNode(video, true);
    player.addEventListener("error", () => {
      showStill();
      setNote(note.dataset.failedText);
    });
    box.replaceChildren(player);
    setLabel("stillText");
    player.focus({ preventScroll: true });
    await player.play().catch(() => {}); // the browser forbids it: the controls are there
  }

  button.addEventListener("htmx:confirm", (event) => {
    const isShown = box.childElementCount > 0;
    if (!isShown && button.getAttribute("aria-busy") !== "true") return;
    event.preventDefault();
    if (isShown) showStill();
  });
  button.addEventListener("htmx:beforeRequest", () => {
    changesAtRequest = changes;
    setNote("");
    setLabel("makingText");
  });
  button.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    setLabel("playText");
    if (changes !== changesAtRequest || xhr.status === 401) return;
    if (xhr.status === 200) play(xhr.responseText);
    else if (xhr.getResponseHeader("Content-Type")?.startsWith("text/plain")) setNote(xhr.responseText);
    else setNote(note.dataset.failedText);
  });
  form.addEventListener("input", () => {
    changes += 1;
    showStill();
  });
}

if (button) followMotion();
