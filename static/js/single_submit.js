/* Prevents double submits: a form with data-single-submit is sent once, and its buttons are disabled until
   the response comes. The server detects a repeated request, too. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-single-submit]")) return;
  if (form.dataset.submitted) {
    event.preventDefault();
    return;
  }
  form.dataset.submitted = "true";
  for (const button of form.querySelectorAll("[type=submit]")) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Back from the next page (back/forward cache): the form may be sent again
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-submitted]")) {
    delete form.dataset.submitted;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});
