/* Character counter for inputs with data-maxchars. It counts Unicode code points as the server does, so
   that an emoji is one character. Short fields always show the count, long ones only when nearly full. */
const ALWAYS_SHOWN_MAX = 100; // fields with a larger limit hide the count at first
const NEARLY_FULL = 0.8; // share of the limit from which a long field shows its count
const ANNOUNCED_REST = 5; // a screen reader announces the count when fewer characters than these are left

function updateCount(input) {
  const maxLength = Number(input.dataset.maxchars);
  const length = [...input.value.trim()].length;
  const field = input.closest(".field");
  if (!field) return;
  let count = field.querySelector(".char-count");
  if (!count) {
    count = document.createElement("span");
    count.className = "char-count";
    field.append(count);
  }
  count.hidden = maxLength > ALWAYS_SHOWN_MAX && length < maxLength * NEARLY_FULL;
  count.textContent = `${length} / ${maxLength}`;
  count.classList.toggle("char-count-over", length > maxLength);
  input.setCustomValidity(length > maxLength ? count.textContent : ""); // the browser then blocks the submit
  count.setAttribute("aria-live", length > maxLength - ANNOUNCED_REST ? "polite" : "off");
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-maxchars]")) updateCount(event.target);
});

for (const input of document.querySelectorAll("[data-maxchars]")) updateCount(input);
