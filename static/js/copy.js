/* Buttons that copy: data-copy names the input that holds the text, data-copy-text is the text itself. */
const SHOWN = 2000; // milliseconds

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text]");
  if (!button) return;
  const input = document.getElementById(button.dataset.copy);
  if (await copied(button.dataset.copyText ?? input.value, input)) say(button);
});

async function copied(text, input) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without https: leave the text selected, and try the old way
    input?.select();
    return Boolean(input) && document.execCommand("copy");
  }
}

function say(button) {
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = button.dataset.copied;
  label.setAttribute("role", "status");
  setTimeout(() => {
    label.textContent = button.dataset.label;
  }, SHOWN);
}
