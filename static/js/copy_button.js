/* Buttons that copy text to the clipboard. data-copy-target is the id of the input that holds the text;
   data-copy-text is the text itself. data-copied-text is the button's label after a copy. */
const FEEDBACK_MS = 2000; // how long the button shows that the text was copied

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-target], [data-copy-text]");
  if (!button) return;
  const input = document.getElementById(button.dataset.copyTarget);
  if (await copyToClipboard(button.dataset.copyText ?? input.value, input)) showFeedback(button);
});

async function copyToClipboard(text, input) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https there is no clipboard API: select the text and use the deprecated command
    input?.select();
    return Boolean(input) && document.execCommand("copy");
  }
}

function showFeedback(button) {
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = button.dataset.copiedText;
  label.setAttribute("role", "status");
  setTimeout(() => {
    label.textContent = button.dataset.label;
  }, FEEDBACK_MS);
}
