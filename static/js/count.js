/* Counts what is typed into a field with data-maxchars as the server does: in code points, so that an
   emoji is one character. Short fields show the count always, long ones when they get full. */
const SHORT = 100;

function show(input) {
  const most = Number(input.dataset.maxchars);
  const length = [...input.value.trim()].length;
  const field = input.closest(".field");
  if (!field) return;
  let count = field.querySelector(".count");
  if (!count) {
    count = document.createElement("span");
    count.className = "count";
    field.append(count);
  }
  count.hidden = most > SHORT && length < most * 0.8;
  count.textContent = `${length} / ${most}`;
  count.classList.toggle("count-over", length > most);
  input.setCustomValidity(length > most ? count.textContent : ""); // nothing is sent in vain
  // Screen readers hear it only when it begins to matter
  count.setAttribute("aria-live", length > most - 5 ? "polite" : "off");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-maxchars]")) show(event.target);
});

for (const input of document.querySelectorAll("[data-maxchars]")) show(input);
