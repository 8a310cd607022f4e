/* Colour theme: light, dark or the system's. Loaded before the first paint, so that the page does not flash in
   the wrong colours. */
(() => {
  const root = document.documentElement;
  const readTheme = () => {
    try {
      return localStorage.getItem("theme") || "auto";
    } catch {
      return "auto"; // storage may be blocked: use the system's theme
    }
  };
  const applyTheme = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  root.classList.add("js");
  applyTheme(readTheme());

  document.addEventListener("DOMContentLoaded", () => {
    for (const input of document.querySelectorAll("input[name=theme]")) {
      input.checked = input.value === readTheme();
      input.addEventListener("change", () => {
        try {
          localStorage.setItem("theme", input.value);
        } catch {
          // storage may be blocked: the theme then applies to this page only
        }
        applyTheme(input.value);
      });
    }
  });
})();
