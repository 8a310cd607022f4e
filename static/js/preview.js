/* Preview of the film beside the form of a new video. A sketch in HTML follows the form at once; a frame from
   the server's renderer is loaded over it by htmx. */
const BAR_COUNT = 36; // bars of the sketched spectrum

const form = document.querySelector(".video-form");
const preview = form?.querySelector(".preview");
const sketchPart = (name) => preview.querySelector(`.preview-${name}`);
const fieldValue = (name) => form.elements[name]?.value ?? "";
const checkedFormats = () => [...form.querySelectorAll("input[name=format]:checked")].map((input) => input.value);
const previewRadios = () => [...form.querySelectorAll("input[name=shown]")];
const previewFormat = () => previewRadios().find((radio) => radio.checked)?.value ?? checkedFormats()[0] ?? "16:9";

/** Preview the format that was changed last, if it is checked; offer a choice if several are checked. */
function updatePreviewFormat(changedFormat) {
  const formats = checkedFormats();
  const selected = [changedFormat, previewFormat()].find((format) => formats.includes(format)) ?? formats[0];
  for (const radio of previewRadios()) {
    radio.checked = radio.value === selected;
    radio.parentElement.hidden = formats.length < 2 || !formats.includes(radio.value);
  }
}

function updateSketch() {
  const song = form.querySelector("input[name=song]:checked");
  preview.dataset.format = previewFormat();
  sketchPart("title").textContent = song?.dataset.title ?? "";
  sketchPart("author").textContent = fieldValue("author");
  sketchPart("signature").textContent = fieldValue("author");
  sketchPart("domain").textContent = fieldValue("domain_name");
  for (const image of preview.querySelectorAll("img")) {
    image.hidden = !song?.dataset.cover;
    if (song?.dataset.cover) image.src = song.dataset.cover;
  }
}

function addSpectrumBars() {
  for (let i = 0; i < BAR_COUNT; i += 1) {
    const bar = document.createElement("i");
    bar.style.blockSize = `${18 + 82 * Math.abs(Math.sin(i * 0.55) * Math.cos(i * 0.23 + 0.4))}%`;
    sketchPart("spectrum").append(bar);
  }
}

if (preview) {
  addSpectrumBars();
  form.addEventListener("input", (event) => {
    if (event.target.name === "format") updatePreviewFormat(event.target.value);
    updateSketch();
  });
  const frame = preview.querySelector(".preview-frame");
  frame?.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    if (xhr.status !== 429) return; // the rate limit was reached: request the frame again when it allows
    const seconds = Number(xhr.getResponseHeader("Retry-After")) || 1;
    setTimeout(() => frame.dispatchEvent(new Event("retry")), 1000 * seconds);
  });
  window.addEventListener("pageshow", () => {
    updatePreviewFormat();
    updateSketch();
  });
  updatePreviewFormat();
  updateSketch();
  const list = form.querySelector(".song-list");
  const selectedSong = form.querySelector("input[name=song]:checked")?.closest(".song-choice");
  if (selectedSong) list.scrollTop = selectedSong.offsetTop - list.clientHeight / 3;
}
