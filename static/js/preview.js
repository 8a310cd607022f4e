/* Preview of the film beside the form of a new video. A sketch in HTML follows the form at once; a frame from
   the server's renderer is loaded over it by htmx. */
const BAR_COUNT = 36; // bars of the sketched spectrum
const DRAWING_DELAY_MS = 300; // until a slow frame is announced

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
  preview.dataset.look = form.querySelector("input[name=look]:checked")?.value ?? "glow";
  for (const image of preview.querySelectorAll(".preview-sketch img")) setCover(image, song?.dataset.cover);
}

/** Show a cover in the sketch; an image that has it already is not loaded once more. */
function setCover(image, address) {
  image.hidden = !address;
  if (address && image.getAttribute("src") !== address) image.src = address;
}

function addSpectrumBars() {
  for (let i = 0; i < BAR_COUNT; i += 1) {
    const bar = document.createElement("i");
    bar.style.blockSize = `${18 + 82 * Math.abs(Math.sin(i * 0.55) * Math.cos(i * 0.23 + 0.4))}%`;
    sketchPart("spectrum").append(bar);
  }
}

/** Put the frames that htmx loads into the box, each when it is decoded; say what keeps the next one away. */
function followFrame(frame) {
  const note = preview.querySelector(".preview-note");
  const retryButton = note.querySelector("button");
  const retry = () => htmx.trigger(frame, "retry");
  let drawingTimer = 0;
  let isRequesting = false;
  let latest = null; // the image that is being decoded

  const setNote = (text, canRetry = false) => {
    note.hidden = !text;
    note.querySelector("span").textContent = text;
    retryButton.hidden = !canRetry;
  };
  const stopDrawing = () => {
    if (isRequesting) return; // the next frame is on its way
    clearTimeout(drawingTimer);
    drawingTimer = 0;
    preview.querySelector(".preview-drawing").hidden = true;
  };

  async function showFrame(html) {
    const newFrame = new DOMParser().parseFromString(html, "text/html").querySelector("img");
    latest =
      newFrame && Object.assign(new Image(), { className: newFrame.className, alt: newFrame.alt, src: newFrame.src });
    const image = latest;
    await image?.decode().catch(() => {});
    if (image !== latest) return; // a later one came first
    frame.replaceChildren(...(image ? [image] : []));
    setNote("");
  }

  frame.addEventListener("htmx:beforeRequest", () => {
    isRequesting = true;
    drawingTimer ||= setTimeout(() => {
      preview.querySelector(".preview-drawing").hidden = false;
    }, DRAWING_DELAY_MS);
  });
  frame.addEventListener("htmx:beforeSwap", (event) => {
    event.detail.shouldSwap = false;
    if (event.detail.xhr.status === 200) showFrame(event.detail.xhr.responseText).then(stopDrawing);
  });
  frame.addEventListener("htmx:afterRequest", ({ detail: { xhr, successful } }) => {
    isRequesting = false;
    if (xhr.status === 429) setTimeout(retry, 1000 * (Number(xhr.getResponseHeader("Retry-After")) || 1));
    else if (!successful && xhr.status !== 401) setNote(note.dataset.failedText, true);
    else if (xhr.status === 204 && frame.querySelector("img")) setNote(note.dataset.invalidText);
    if (xhr.status !== 200) setTimeout(stopDrawing);
  });
  retryButton.addEventListener("click", retry);
  window.addEventListener("online", () => {
    if (!retryButton.hidden) retry();
  });
}

if (preview) {
  addSpectrumBars();
  form.addEventListener("input", (event) => {
    if (event.target.name === "format") updatePreviewFormat(event.target.value);
    updateSketch();
  });
  followFrame(preview.querySelector(".preview-frame"));
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
