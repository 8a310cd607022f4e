/* The lines of a song and what can be done with them. Lists are never changed in place, so that history.js may keep
   them: each function returns a new list. Times are seconds; words are [start, end, text]. */
export const MIN_SECONDS = 0.02; // between the starts of two lines
const MAX_LINE_SECONDS = 10; // that a line is lit if nothing ends it
const SECONDS_PER_LETTER = 0.09; // of a line that has no other length

let lastId = 0;

/** Return the lines of what the server sends, each with an id of its own. */
export const fromItems = (items) => items.map((item) => ({ ...item, id: ++lastId }));

/** Return what the server takes. */
export const toItems = (lines) => lines.map(({ id, ...item }) => ({ ...item, text: item.text.trim() }));

/** Return the words of a text: where a script has no spaces, its characters. */
export function splitWords(text) {
  const words = text.split(/\s+/).filter(Boolean);
  const hasSpaces = words.length > 1 || !/[\u3040-\u30ff\u3400-\u9fff]/.test(text);
  return hasSpaces ? words : [...(words[0] ?? "")];
}

const round = (time) => Math.round(time * 1000) / 1000;
const usualSeconds = (text) => Math.min(MAX_LINE_SECONDS, Math.max(1, text.length * SECONDS_PER_LETTER));
const replaceAt = (lines, index, changes) => lines.map((line, i) => (i === index ? { ...line, ...changes } : line));

function moveWords(words, delta) {
  return words.map(([start, end, text]) => [round(start + delta), round(end + delta), text]);
}

function moveLine(line, delta) {
  return {
    ...line,
    start: round(line.start + delta),
    end: round(line.end + delta),
    words: moveWords(line.words, delta),
    rows: line.rows.map((row) => ({ ...row, words: moveWords(row.words, delta) })),
  };
}

/** Return the lines, where no line lasts into the next one. */
function trimEnds(lines) {
  return lines.map((line, i) => {
    const limit = lines[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    const end = Math.max(line.start, Math.min(line.end, limit));
    if (end === line.end) return line;
    const words = line.words.map(([from, to, text]) => [Math.min(from, end), Math.min(to, end), text]);
    return { ...line, end, words };
  });
}

/** Move a line to `start`, between its neighbours; guessed neighbours make room. */
export function retime(lines, index, start) {
  const at = Math.max(0, round(start));
  let moved = lines.map((line, i) => (i === index ? { ...moveLine(line, at - line.start), guessed: false } : line));
  moved = makeRoom(moved, index);
  const low = index ? moved[index - 1].start + MIN_SECONDS : 0;
  const high = index + 1 < moved.length ? moved[index + 1].start - MIN_SECONDS : Number.POSITIVE_INFINITY;
  const clamped = Math.max(low, Math.min(at, high));
  moved = moved.map((line, i) => (i === index ? moveLine(line, clamped - line.start) : line));
  return trimEnds(moved);
}

/** Let guessed lines around a line keep out of its way: those after it move along, those before it close up. */
function makeRoom(lines, index) {
  const { start } = lines[index];
  const result = [...lines];
  const next = result[index + 1];
  if (next?.guessed && next.start < start + usualSeconds(lines[index].text)) {
    const delta = start + usualSeconds(lines[index].text) - next.start;
    for (let i = index + 1; i < result.length && result[i].guessed; i += 1) result[i] = moveLine(result[i], delta);
  }
  for (let i = index - 1, limit = start; i >= 0 && result[i].guessed && result[i].start > limit - MIN_SECONDS; i -= 1) {
    limit -= MIN_SECONDS;
    result[i] = moveLine(result[i], Math.max(0, limit) - result[i].start);
  }
  return result;
}

/** Move the line and all after it. */
export function shiftFrom(lines, index, delta) {
  const low = index ? lines[index - 1].start + MIN_SECONDS : 0;
  const step = Math.max(delta, low - lines[index].start);
  return trimEnds(lines.map((line, i) => (i < index ? line : moveLine(line, step))));
}

/** A line begins at `time`, as somebody has heard; the line before it ends there unless it ended earlier. */
export function tapLine(lines, index, time) {
  const start = Math.max(0, round(time));
  let result = replaceAt(lines, index, { words: [], guessed: false });
  result = retime(result, index, start);
  const line = result[index];
  const next = result[index + 1];
  const room = (next && !next.guessed ? next.start : line.start + MAX_LINE_SECONDS) - line.start;
  const usual = next ? Math.min(room, Math.max(next.start - line.start, MIN_SECONDS)) : usualSeconds(line.text);
  result = replaceAt(result, index, { end: round(line.start + Math.min(room, usual)) });
  const before = result[index - 1];
  if (!before || before.guessed || before.hasEnd) return trimEnds(result);
  const end = round(Math.min(line.start, before.start + MAX_LINE_SECONDS));
  return trimEnds(replaceAt(result, index - 1, { end, words: stretchLast(before.words, end) }));
}

function stretchLast(words, end) {
  if (!words.length) return words;
  const [start, , text] = words.at(-1);
  return [...words.slice(0, -1), [start, Math.max(start, Math.min(end, start + 2)), text]];
}

/** A word of a line begins at `time`; the first one begins the line, too. */
export function tapWord(lines, index, number, time) {
  const at = round(time);
  const result = number ? lines : tapLine(lines, index, at);
  const line = result[index];
  const texts = splitWords(line.text);
  const words = line.words.slice(0, number);
  if (words.length) words[number - 1] = [words[number - 1][0], Math.max(words[number - 1][0], at), texts[number - 1]];
  const end = Math.max(line.end, at + 0.1);
  words.push([Math.max(line.start, at), end, texts[number]]);
  const moved = replaceAt(result, index, { words, end });
  return pushGuessed(moved, index, end);
}

function pushGuessed(lines, index, end) {
  const next = lines[index + 1];
  if (!next?.guessed || next.start >= end) return trimEnds(lines);
  const delta = end - next.start;
  let isInRun = true;
  return lines.map((line, i) => {
    if (i <= index) return line;
    isInRun &&= line.guessed;
    return isInRun ? moveLine(line, delta) : line;
  });
}

/** A line ends at `time`. */
export function endLine(lines, index, time) {
  const line = lines[index];
  const end = Math.max(line.start + MIN_SECONDS, round(time));
  const words = line.words.map(([start, to, text], i) => [
    Math.min(start, end),
    i + 1 === line.words.length ? end : Math.min(to, end),
    text,
  ]);
  return trimEnds(replaceAt(lines, index, { end, words, hasEnd: true }));
}

export const confirm = (lines, index) => replaceAt(lines, index, { guessed: false });
export const confirmAll = (lines) => lines.map((line) => (line.guessed ? { ...line, guessed: false } : line));
export const setSection = (lines, index, section) => replaceAt(lines, index, { section });

/** Give a line another text; its words keep their times if there are as many as before. */
export function setText(lines, index, text) {
  const { words } = lines[index];
  const texts = splitWords(text);
  const kept = texts.length === words.length ? words.map(([start, end], i) => [start, end, texts[i]]) : [];
  return replaceAt(lines, index, { text, words: kept });
}

export function setRow(lines, index, number, text) {
  const rows = [...lines[index].rows];
  if (text) rows[number] = { text, words: [] };
  else rows.splice(number, 1);
  return replaceAt(lines, index, { rows });
}

/** Split a line at a place of its text. The second half begins where its first word does, else it is guessed. */
export function split(lines, index, place) {
  const line = lines[index];
  const [head, tail] = [line.text.slice(0, place).trim(), line.text.slice(place).trim()];
  if (!head || !tail) return lines;
  const count = splitWords(head).length;
  const hasTimes = line.words.length > count;
  const share = head.length / (head.length + tail.length);
  const at = hasTimes ? line.words[count][0] : round(line.start + (line.end - line.start) * share);
  const first = { ...line, text: head, end: at, words: line.words.slice(0, count), rows: line.rows };
  const words = hasTimes ? line.words.slice(count) : [];
  const second = { ...line, id: ++lastId, start: at, text: tail, words, section: "", rows: [] };
  if (!hasTimes) second.guessed = true;
  return [...lines.slice(0, index), first, second, ...lines.slice(index + 1)];
}

/** Join a line to the one above. */
export function join(lines, index) {
  if (!index) return lines;
  const [above, line] = [lines[index - 1], lines[index]];
  const words = above.words.length && line.words.length ? [...above.words, ...line.words] : [];
  const rows = above.rows.length ? above.rows.map((row, i) => joinRows(row, line.rows[i])) : line.rows;
  const joined = { ...above, text: `${above.text} ${line.text}`.trim(), end: line.end, words, rows };
  return [...lines.slice(0, index - 1), joined, ...lines.slice(index + 1)];
}

const joinRows = (row, other) => (other ? { text: `${row.text} ${other.text}`, words: [] } : row);

export const remove = (lines, index) => lines.filter((_, i) => i !== index);

/** Add lines of these texts after one, with guessed times up to the next line. */
export function insertAfter(lines, index, texts, duration) {
  const start = lines[index]?.end ?? 0;
  const limit = lines[index + 1]?.start ?? Math.max(start + texts.length, duration || 0);
  const step = Math.max(MIN_SECONDS, Math.min(3, (limit - start) / (texts.length + 1)));
  const added = texts.map((text, i) => {
    const at = round(start + step * i + MIN_SECONDS);
    const end = round(at + step - MIN_SECONDS);
    return { id: ++lastId, start: at, end, text, section: "", guessed: true, words: [], rows: [] };
  });
  return [...lines.slice(0, index + 1), ...added, ...lines.slice(index + 1)];
}

/** Return the number of the line that has begun last at a time, -1 before the first. */
export const lineAt = (lines, time) => lines.findLastIndex(({ start }) => start <= time);
