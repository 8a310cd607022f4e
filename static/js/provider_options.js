/* Enables the providers that support the selected song, and hides the form steps that the selected provider
   does not use. */
const form = document.querySelector(".video-form");
const providerRadios = () => [...form.querySelectorAll("input[name=provider][type=radio]")];
const selectedSong = () => form.querySelector("input[name=song]:checked");

function updateProviders(song) {
  if (!song || !providerRadios().length) return;
  const supported = song.dataset.providers.split(" "); // the best choice first
  for (const radio of providerRadios()) radio.disabled = !supported.includes(radio.value);
  const preferred = providerRadios().find((radio) => radio.value === supported[0]);
  if (preferred) preferred.checked = true;
  updateSteps();
}

function updateSteps() {
  const selected = providerRadios().find((radio) => radio.checked);
  form.dataset.providerKind = !selected || selected.value === "builtin" ? "renderer" : "vendor";
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "song") updateProviders(event.target);
    if (event.target.name === "provider") updateSteps();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "vendor-song") return;
    const song = event.target.querySelector("input[name=song]:checked");
    if (!song) return;
    song.dispatchEvent(new Event("input", { bubbles: true })); // preview.js updates the preview
    updateProviders(song);
  });
  // Keep the provider that was submitted
  if (form.querySelector(".errorlist")) updateSteps();
  else updateProviders(selectedSong());
}
