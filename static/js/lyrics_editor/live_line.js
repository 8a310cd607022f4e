/* The line as the film will light it: its words one after the other, and no line whose time is a guess. */
import { lineAt } from "./song_lines.js";

const now = document.getElementById("live-line");
const next = document.getElementById("next-line");
let shown = null;

export function showLive(lines, time) {
  const index = lineAt(lines, time);
  const line = lines[index];
  const isSung = Boolean(line) && time < line.end && !line.guessed;
  const key = isSung ? line : null;
  if (key !== shown) {
    shown = key;
    now.replaceChildren(...(isSung ? pieces(line) : []));
    next.textContent = (isSung && line.rows[0]?.text) || (lines[index + 1]?.text ?? "");
  }
  if (!isSung) next.textContent = (line && time < line.end ? line : lines[index + 1])?.text ?? "";
  for (const piece of now.children) piece.toggleAttribute("data-sung", Number(piece.dataset.start) <= time);
}

function pieces(line) {
  if (!line.words.length) return [piece(line.start, line.text)];
  const result = [];
  let at = 0;
  line.words.forEach(([start, , text], i) => {
    const place = line.text.indexOf(text, at);
    if (place < 0) return;
    const following = line.words[i + 1];
    const end = following ? line.text.indexOf(following[2], place + text.length) : line.text.length;
    at = end < 0 ? line.text.length : end;
    result.push(piece(start, line.text.slice(place, at)));
  });
  return result;
}

function piece(start, text) {
  const element = document.createElement("span");
  element.dataset.start = start;
  element.textContent = text;
  return element;
}
