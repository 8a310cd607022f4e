/* Fills the form of an upload with what the chosen file says of itself, and marks what came from there. Only
   the start and the end of the file are sent for that: tags are there. Nothing that was typed is replaced. */
const PART_BYTES = 4 * 1024 * 1024;
const TEXT_FIELDS = ["title", "artist", "tags", "lyrics"];

let latest = null; // the file that was read last, with the answer to it

async function readTags(form, file) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("size", file.size);
  body.append("head", file.slice(0, PART_BYTES), "head");
  if (file.size > PART_BYTES) body.append("tail", file.slice(-Math.min(PART_BYTES, file.size - PART_BYTES)), "tail");
  const response = await fetch(form.dataset.tagsUrl, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (!response.ok) return null;
  return response.status === 200 ? response.json() : {};
}

/** Mark a field as filled by the file as long as its text is the file's. */
function updateMark(form, input) {
  const isFromFile = Boolean(input.value) && input.dataset.fromFile === input.value;
  const field = input.closest(".field");
  field.querySelector(".from-file")?.remove();
  if (isFromFile) addMark(form, field.querySelector("label"));
}

function addMark(form, label) {
  const mark = document.createElement("span");
  mark.className = "from-file";
  mark.textContent = form.dataset.fromFileText;
  label.append(mark);
}

function fillText(form, name, text) {
  const input = form.elements[name];
  if (input.value && input.value !== input.dataset.fromFile) return; // typed by somebody
  input.value = text;
  input.dataset.fromFile = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function showCover(form, cover) {
  const input = form.elements.cover;
  const dropzone = input.closest("[data-dropzone]");
  for (const each of dropzone.querySelectorAll(".embedded-image, .from-file")) each.remove();
  form.querySelector(".embedded-cover").hidden = !cover;
  if (!cover || input.files.length || form.elements.ignore_embedded_cover.checked) return;
  const image = new Image();
  image.className = "dropzone-image embedded-image";
  image.alt = "";
  image.src = cover;
  dropzone.querySelector(".dropzone-icon").append(image);
  addMark(form, dropzone.querySelector("label"));
}

async function followFile(form, file) {
  form.elements.tags_shown.value = "";
  if (!file) {
    latest = null;
    showCover(form, "");
    return;
  }
  const isNew = latest?.file !== file;
  if (isNew) latest = { file, answer: null };
  const current = latest;
  current.answer ??= await readTags(form, file).catch(() => null);
  if (latest !== current || !current.answer) return;
  for (const name of TEXT_FIELDS) {
    const text = current.answer[name] ?? "";
    if (isNew) fillText(form, name, text);
    else form.elements[name].dataset.fromFile = text;
    updateMark(form, form.elements[name]);
  }
  showCover(form, current.answer.cover);
  form.elements.tags_shown.value = "True";
}

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (!form?.matches("[data-tags-url]")) return;
  if (target.name === "audio") followFile(form, target.files[0]);
  if (["cover", "ignore_embedded_cover"].includes(target.name)) showCover(form, latest?.answer?.cover);
});

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-tags-url]") && TEXT_FIELDS.includes(target.name)) updateMark(form, target);
});

for (const field of document.querySelectorAll(".embedded-cover")) field.hidden = true;
