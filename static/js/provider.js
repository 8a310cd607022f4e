/* Offers those who can make a film of the chosen song, and hides what a vendor does not ask for. */
const form = document.querySelector(".maker");
const makers = () => [...form.querySelectorAll("input[name=provider][type=radio]")];

function offer(song) {
  if (!song || !makers().length) return;
  const able = song.dataset.able.split(" ");
  for (const maker of makers()) maker.disabled = !able.includes(maker.value);
  const first = makers().find((maker) => maker.value === able[0]);
  if (first) first.checked = true;
  show();
}

function show() {
  const chosen = makers().find((maker) => maker.checked);
  form.dataset.maker = !chosen || chosen.value === "builtin" ? "renderer" : "vendor";
}

const chosenSong = () => form.querySelector("input[name=song]:checked");

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "song") offer(event.target);
    if (event.target.name === "provider") show();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "vendor-song") return;
    const song = event.target.querySelector("input[name=song]:checked");
    if (!song) return;
    song.dispatchEvent(new Event("input", { bubbles: true }));
    offer(song);
  });
  if (form.querySelector(".errorlist")) show();
  else offer(chosenSong());
}
