/* Light, dark or the system's choice. Loaded before the first paint, so that no page flashes. */
(() => {
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto"; // storage may be forbidden: the system's choice stands
    }
  };
  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  root.classList.add("js");
  show(read());

  document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("input[name=theme]")) {
      input.checked = input.value === read();
      input.addEventListener("change", () => {
        try {
          localStorage.setItem("theme", input.value);
        } catch {
          // the choice then holds for this page only
        }
        show(input.value);
      });
    }
  });
})();
