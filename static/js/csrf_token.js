/* Sends every form with the present CSRF token. A log-in in another tab replaces the token of the whole
   browser, so the one that a page was loaded with may be old. */
const TOKEN_FIELD = "csrfmiddlewaretoken";

/** Return the browser's present token, "" if there is none. */
export function csrfToken() {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

document.addEventListener(
  "submit",
  (event) => {
    const field = event.target.querySelector?.(`input[name=${TOKEN_FIELD}]`);
    if (field && csrfToken()) field.value = csrfToken();
  },
  true, // before the scripts that send forms themselves
);

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!csrfToken() || !("X-CSRFToken" in detail.headers)) return;
  detail.headers["X-CSRFToken"] = csrfToken();
  if (detail.formData.has(TOKEN_FIELD)) detail.formData.set(TOKEN_FIELD, csrfToken());
});
