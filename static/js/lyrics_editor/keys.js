/* The keys of the lyrics editor. Fields and buttons keep theirs; while somebody taps, the space bar only taps. */
const FIELDS = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select";
const CONTROLS = "button, a, summary, input, select, textarea";

export function listenToKeys(on) {
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (document.querySelector("dialog[open], [popover]:popover-open") || event.isComposing) return;
    if (isUndo(event)) return handle(event, event.shiftKey || key.toLowerCase() === "y" ? on.redo : on.undo);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") return handle(event, on.stop);
    if (key === " ") return handleSpace(event, on);
    if (target.matches(`${FIELDS}, [type=range], [type=radio]`)) return;
    const steps = { ArrowUp: -1, ArrowDown: 1 };
    const milliseconds = { ArrowLeft: -10, ArrowRight: 10 };
    if (key in steps) handle(event, () => on.move(steps[key]));
    else if (key in milliseconds) handle(event, () => on.nudge(milliseconds[key] * (event.shiftKey ? 10 : 1)));
  });
  // A button is clicked when the space bar is let go of
  document.addEventListener("keyup", (event) => {
    const isOurs = event.target === on.tapButton || on.isTapping();
    if (event.key === " " && isOurs && !event.target.matches(FIELDS)) event.preventDefault();
  });
}

function handleSpace(event, on) {
  const { target } = event;
  if (target.matches(FIELDS)) return;
  if (event.repeat && (on.isTapping() || target === on.tapButton)) return event.preventDefault();
  if (on.isTapping() || target === on.tapButton) handle(event, on.tap);
  else if (!target.closest(CONTROLS)) handle(event, on.toggle);
}

function isUndo({ key, ctrlKey, metaKey }) {
  return (ctrlKey || metaKey) && ["z", "y"].includes(key.toLowerCase());
}

function handle(event, action) {
  event.preventDefault();
  action();
}
