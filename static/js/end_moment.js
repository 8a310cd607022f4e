/* When sharing ends: the field shows the moment in the reader's time zone, and the form names that zone. */
function localiseMoment() {
  const field = document.getElementById("end-moment");
  if (!field || field.dataset.localised) return;
  field.dataset.localised = "true";
  field.form.elements.time_zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field.dataset.utc) field.value = localMinute(new Date(field.dataset.utc));
}

/** Return a moment as the field writes it, such as 2026-12-01T18:30. */
function localMinute(moment) {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

localiseMoment();
document.addEventListener("htmx:load", localiseMoment);
