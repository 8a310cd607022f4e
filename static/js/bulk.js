/* The bar of what can be done with several videos at once: it shows while some are selected. */
const bar = document.getElementById("bulk");
const boxes = () => [...document.querySelectorAll("input[name=video][form=bulk]")];
const isShown = (box) => !box.closest("details:not([open])");

function updateBar() {
  const count = boxes().filter((box) => box.checked).length;
  bar.classList.toggle("bulk-active", count > 0);
  bar.querySelector(".bulk-count").textContent = bar.dataset.countText.replace("{n}", count);
}

function select(isSelected) {
  for (const box of boxes()) box.checked = isSelected && isShown(box);
  updateBar();
}

if (bar) {
  document.addEventListener("change", ({ target }) => {
    if (target.matches("input[name=video][form=bulk]")) updateBar();
  });
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-select]");
    if (button) select(button.dataset.select === "all");
  });
  document.addEventListener("htmx:afterSettle", updateBar); // other cards, perhaps
  window.addEventListener("pageshow", updateBar);
  updateBar();
}
