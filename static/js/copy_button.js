/* Buttons that copy text to the clipboard. data-copy-target is the id of the input that holds the text;
   data-copy-text is the text itself. data-copied-text is the button's label after a copy. */
const FEEDBACK_MS = 2000; // how long the button shows that the text was copied

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-target], [data-copy-text]");
  if (!button) return;
  const input = document.getElementById(button.dataset.copyTarget) ?? textField(button);
  if (await copyToClipboard(input.value, input)) showFeedback(button);
  else input.hidden = false; // selected, so that it can be copied by hand
});

/** Return a hidden field beside `button` that holds its text. */
function textField(button) {
  if (button.nextElementSibling?.matches(".copy-text")) return button.nextElementSibling;
  const input = Object.assign(document.createElement("input"), {
    className: "copy-text",
    readOnly: true,
    hidden: true,
  });
  input.value = button.dataset.copyText;
  input.setAttribute("aria-label", button.querySelector("span").textContent);
  button.after(input);
  return input;
}

async function copyToClipboard(text, input) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(input);
  }
}

/** Copy a field by the deprecated command: without https there is no clipboard API. It stays selected on failure. */
function copySelection(input) {
  const { hidden } = input;
  const { activeElement } = document;
  input.hidden = false; // only what is shown can be selected
  input.focus({ preventScroll: true });
  input.setSelectionRange(0, input.value.length);
  const isCopied = document.execCommand("copy");
  if (!isCopied) return false;
  input.hidden = hidden;
  activeElement?.focus({ preventScroll: true });
  return true;
}

function showFeedback(button) {
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = button.dataset.copiedText;
  label.setAttribute("aria-live", "polite"); // a role would take the name from the button
  setTimeout(() => {
    label.textContent = button.dataset.label;
  }, FEEDBACK_MS);
}
