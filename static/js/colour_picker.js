/* A colour picker beside each field of a colour, which may stay empty: the picker of browsers knows no "none". */
for (const field of document.querySelectorAll("input[data-colour]")) {
  const picker = Object.assign(document.createElement("input"), { type: "color", className: "colour-picker" });
  const isColour = () => /^#[0-9a-f]{6}$/i.test(field.value.trim());
  const follow = () => {
    picker.value = isColour() ? field.value.trim().toLowerCase() : "#ffb347";
    picker.classList.toggle("colour-none", !isColour());
  };
  picker.setAttribute("aria-label", field.labels[0]?.textContent.trim() ?? "");
  picker.addEventListener("input", () => {
    field.value = picker.value;
    follow();
  });
  picker.addEventListener("change", () => field.dispatchEvent(new Event("change", { bubbles: true })));
  field.addEventListener("input", follow);
  follow();
  field.after(picker);
}
