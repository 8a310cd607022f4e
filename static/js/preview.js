/* A sketch of the film beside the form: the shape, the cover and the words as they are typed. */
const form = document.querySelector(".maker");
const preview = form?.querySelector(".preview");
const part = (name) => preview.querySelector(`.preview-${name}`);
const value = (name) => form.elements[name]?.value ?? "";
const formats = () => [...form.querySelectorAll("input[name=format]:checked")].map((box) => box.value);
const shown = () => [...form.querySelectorAll("input[name=shown]")];
const format = () => shown().find((choice) => choice.checked)?.value ?? formats()[0] ?? "16:9";

/** Show the shape that was ticked last; where there are several, let people choose among them. */
function follow(ticked) {
  const chosen = formats();
  const wanted = chosen.includes(ticked) ? ticked : chosen.includes(format()) ? format() : chosen[0];
  for (const choice of shown()) {
    choice.checked = choice.value === wanted;
    choice.parentElement.hidden = chosen.length < 2 || !chosen.includes(choice.value);
  }
}

function draw() {
  const song = form.querySelector("input[name=song]:checked");
  preview.dataset.format = format();
  part("title").textContent = song?.dataset.title ?? "";
  part("author").textContent = value("author");
  part("sign").textContent = value("author");
  part("domain").textContent = value("domain_name");
  for (const picture of preview.querySelectorAll("img")) {
    picture.hidden = !song?.dataset.cover;
    if (song?.dataset.cover) picture.src = song.dataset.cover;
  }
}

if (preview) {
  for (let i = 0; i < 36; i += 1) {
    const bar = document.createElement("i");
    bar.style.blockSize = `${18 + 82 * Math.abs(Math.sin(i * 0.55) * Math.cos(i * 0.23 + 0.4))}%`;
    part("bars").append(bar);
  }
  form.addEventListener("input", (event) => {
    if (event.target.name === "format") follow(event.target.value);
    draw();
  });
  const frame = preview.querySelector(".preview-frame");
  frame?.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    if (xhr.status !== 429) return; // too many pictures in a minute: the last wish counts
    const seconds = Number(xhr.getResponseHeader("Retry-After")) || 1;
    setTimeout(() => frame.dispatchEvent(new Event("again")), 1000 * seconds);
  });
  window.addEventListener("pageshow", () => {
    follow();
    draw();
  });
  follow();
  draw();
  const list = form.querySelector(".songs-pick");
  const chosen = form.querySelector("input[name=song]:checked")?.closest(".song-choice");
  if (chosen) list.scrollTop = chosen.offsetTop - list.clientHeight / 3;
}
