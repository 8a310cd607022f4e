/* A sketch of the film beside the form: the shape, the cover and the words as they are typed. */
const form = document.querySelector(".maker");
const preview = form?.querySelector(".preview");
const part = (name) => preview.querySelector(`.preview-${name}`);
const value = (name) => form.elements[name]?.value ?? "";
const format = () => form.querySelector("input[name=format]:checked")?.value ?? "16:9";

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
  form.addEventListener("input", draw);
  window.addEventListener("pageshow", draw);
  draw();
  const list = form.querySelector(".songs-pick");
  const chosen = form.querySelector("input[name=song]:checked")?.closest(".song-choice");
  if (chosen) list.scrollTop = chosen.offsetTop - list.clientHeight / 3;
}
