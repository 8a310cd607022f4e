/* Files: places to drop them say what they hold, and a large upload shows how far it is. Without this
   script the same form is sent by the browser alone. */
const MEGABYTE = 1024 * 1024;
const PREVIEWED = 8 * MEGABYTE; // larger pictures are named, not shown

function size(bytes) {
  return bytes < MEGABYTE ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}

document.addEventListener("change", (event) => {
  const drop = event.target.closest("[data-drop]");
  if (!drop) return;
  const [file] = event.target.files;
  const text = drop.querySelector(".drop-text");
  drop.dataset.help ??= text.textContent;
  drop.classList.toggle("drop-chosen", Boolean(file));
  text.textContent = file ? `${file.name} · ${size(file.size)}` : drop.dataset.help;
  event.target.setCustomValidity(file ? tooLarge(event.target, file) : "");
  event.target.reportValidity();
  showPicture(drop, file);
});

function tooLarge(input, file) {
  const most = Number(input.dataset.maxbytes || Infinity);
  if (file.size <= most) return "";
  const sentence = input.closest("form").dataset.tooLarge ?? "";
  return sentence.replace("{size}", size(file.size)).replace("{most}", size(most));
}

function showPicture(drop, file) {
  drop.querySelector(".drop-picture")?.remove();
  if (!file?.type.startsWith("image/") || file.size > PREVIEWED) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const picture = new Image();
    picture.className = "drop-picture";
    picture.alt = "";
    picture.src = reader.result;
    drop.querySelector(".drop-mark").append(picture);
  });
  reader.readAsDataURL(file);
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.target.closest?.("[data-drop]")?.classList.toggle("drop-over", kind === "dragover");
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-upload]")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") send(form);
});

function send(form) {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => showSent(form, loaded, total));
  request.addEventListener("load", () => answered(form, request));
  request.addEventListener("error", () => failed(form));
  request.open("POST", form.action);
  request.send(new FormData(form));
  busy(form, true);
}

function busy(form, is) {
  form.setAttribute("aria-busy", String(is));
  form.querySelector(".upload-progress").hidden = !is;
  form.querySelector("[type=submit]").setAttribute("aria-disabled", String(is));
}

function showSent(form, loaded, total) {
  const bar = form.querySelector("progress");
  const words = form.querySelector(".upload-words");
  if (loaded < total) {
    bar.value = (100 * loaded) / total;
    words.textContent = `${Math.floor(bar.value)} % · ${size(loaded)} / ${size(total)}`;
  } else {
    bar.removeAttribute("value"); // all is sent; how long the server listens nobody knows
    words.textContent = form.dataset.checking;
  }
}

/** Go where the server sent us, or put its form, with what is wrong, in place of this one. */
function answered(form, request) {
  if (request.status === 200 && request.responseURL !== form.action) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = request.status === 200 && page.querySelector("[data-upload]");
  if (!fresh) {
    failed(form);
    return;
  }
  form.replaceWith(fresh);
  keepFiles(form, fresh);
  fresh.querySelector("[aria-invalid=true]")?.focus();
  fresh.querySelector(".errorlist, .notice-error")?.scrollIntoView({ block: "center" });
}

/** Take over the files with which nothing is wrong, which a new page would have forgotten. */
function keepFiles(form, fresh) {
  for (const input of form.querySelectorAll("[type=file]")) {
    const place = fresh.querySelector(`[name=${input.name}]`);
    if (!input.files.length || place.hasAttribute("aria-invalid")) continue;
    place.replaceWith(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  fresh.querySelector(".upload-forgotten")?.remove();
}

function failed(form) {
  busy(form, false);
  form.querySelector(".upload-progress").hidden = false;
  form.querySelector("progress").value = 0;
  form.querySelector(".upload-words").textContent = form.dataset.failed;
}
