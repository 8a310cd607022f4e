/* Tries the API from its documentation: sends the request of a form with the key of the person, and shows the answer.
   The key is only in its field: it is not stored, and no cookie goes with a request. */
const keyField = document.getElementById("api-key");

class FormError extends Error {}

/** Return the value of each field of a form in a place: "path", "query" or "part"; empty ones are left out. */
function valuesIn(form, place) {
  const fields = [...form.querySelectorAll(`[data-place="${place}"]`)];
  return fields
    .map((field) => [field.name, field.type === "file" ? field.files[0] : field.value.trim()])
    .filter(([, value]) => value);
}

function addressOf(form) {
  let path = form.dataset.path;
  for (const [name, value] of valuesIn(form, "path")) path = path.replace(`{${name}}`, encodeURIComponent(value));
  const query = new URLSearchParams(valuesIn(form, "query")).toString();
  return query ? `${path}?${query}` : path;
}

/** Return the body of a request and its type; browsers name the type of a form with files themselves. */
function bodyOf(form) {
  const text = form.querySelector("[data-place=body]")?.value;
  if (text !== undefined) {
    try {
      return { body: JSON.stringify(JSON.parse(text)), headers: { "Content-Type": "application/json" } };
    } catch (error) {
      throw new FormError(`${keyField.dataset.invalidText} ${error.message}`);
    }
  }
  if (!form.querySelector("[data-place=part]")) return { headers: {} };
  const body = new FormData();
  for (const [name, value] of valuesIn(form, "part")) body.append(name, value);
  return { body, headers: {} };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(form) {
  const key = keyField.value.trim();
  if (!key) throw new FormError(keyField.dataset.missingText);
  const { body, headers } = bodyOf(form);
  const startTime = performance.now();
  const response = await fetch(addressOf(form), {
    method: form.dataset.method,
    headers: { ...headers, Authorization: `Bearer ${key}` },
    body,
    credentials: "omit",
  });
  const text = await response.text();
  const milliseconds = Math.round(performance.now() - startTime);
  return { status: `${response.status} ${response.statusText} · ${milliseconds} ms`, text: pretty(text) };
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".api-try")) return;
  event.preventDefault();
  const [status, answer] = [form.querySelector(".api-status"), form.querySelector(".api-answer")];
  status.textContent = "…";
  try {
    const result = await send(form);
    status.textContent = result.status;
    answer.textContent = result.text;
    answer.hidden = false;
  } catch (error) {
    status.textContent = error instanceof FormError ? error.message : keyField.dataset.failedText;
    answer.hidden = true;
    if (!keyField.value.trim()) keyField.focus();
  }
});
