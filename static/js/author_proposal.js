/* Proposes the artist of the chosen song as the author of its video, until somebody types another one. */
const form = document.querySelector(".video-form");
const author = form?.elements.author;
const proposal = () => form.querySelector("input[name=song]:checked")?.dataset.artist || author.dataset.usual || "";

if (author) {
  let proposed = proposal();
  // Captured, so that the preview already sees the new author
  form.addEventListener(
    "input",
    (event) => {
      if (event.target.name !== "song") return;
      const isUntouched = author.value === proposed;
      proposed = proposal();
      if (isUntouched) author.value = proposed;
    },
    { capture: true },
  );
}
