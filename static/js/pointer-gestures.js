/** Turns the pointers on an element into moves of one or two fingers, taps and double taps.
    `told.move` gets how far and how many times wider, `told.end` how far in all and what it was. */
const [STILL, SHORT] = [10, 300];

export function watchPointers(element, told) {
  const at = new Map();
  let start;
  let lastTap = { time: 0 };

  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    element.setPointerCapture(event.pointerId);
    at.set(event.pointerId, event);
    start = at.size === 1 ? { x: event.clientX, y: event.clientY, time: event.timeStamp } : { ...start, isPinch: true };
  });

  element.addEventListener("pointermove", (event) => {
    if (!at.has(event.pointerId)) return;
    const before = spread([...at.values()]);
    at.set(event.pointerId, event);
    const now = spread([...at.values()]);
    told.move({ dx: now.x - before.x, dy: now.y - before.y, by: before.size ? now.size / before.size : 1, x: now.x, y: now.y, fingers: at.size, type: event.pointerType });
  });

  for (const kind of ["pointerup", "pointercancel"]) element.addEventListener(kind, (event) => {
    if (!at.delete(event.pointerId) || at.size) return;
    const [across, down] = [event.clientX - start.x, event.clientY - start.y];
    const isTap = kind === "pointerup" && !start.isPinch && Math.hypot(across, down) < STILL && event.timeStamp - start.time < SHORT;
    const isDouble = isTap && event.timeStamp - lastTap.time < SHORT && Math.hypot(event.clientX - lastTap.x, event.clientY - lastTap.y) < 3 * STILL;
    lastTap = isTap && !isDouble ? { time: event.timeStamp, x: event.clientX, y: event.clientY } : { time: 0 };
    const isSwipe = kind === "pointerup" && !start.isPinch && event.pointerType === "touch" && Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down);
    told.end({ across, isDouble, isSwipe, x: event.clientX, y: event.clientY });
  });
}

/** The middle of the fingers, and how far two are apart. */
function spread([one, other = one]) {
  const [dx, dy] = [other.clientX - one.clientX, other.clientY - one.clientY];
  return { x: one.clientX + dx / 2, y: one.clientY + dy / 2, size: Math.hypot(dx, dy) };
}
