/** How a picture lies on its stage. A view is how many times it is enlarged, and how far its middle lies from the
    middle of the stage, in pixels of the screen. All of it is pure. */
export const WHOLE = { scale: 1, x: 0, y: 0 };

/** The size at which a picture of this shape just fits. */
export function fit(stage, ratio) {
  const width = Math.min(stage.width, stage.height * ratio);
  return { width, height: width / ratio };
}

/** The view with another scale, with what is at `point` (from the middle of the stage) staying there. */
export function scaled(view, scale, point) {
  const by = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by };
}

/** The nearest view that leaves no room empty that the picture could fill. */
export function held(view, stage, drawn) {
  const within = (value, size, room) => Math.max(-Math.abs(size - room) / 2, Math.min(Math.abs(size - room) / 2, value)) * (size > room);
  return { scale: view.scale, x: within(view.x, drawn.width * view.scale, stage.width), y: within(view.y, drawn.height * view.scale, stage.height) };
}

/** The scale at which each pixel of the picture is one of the screen; for small pictures, twice what fits. */
export function pixelScale(width, drawn, density) {
  const scale = width / density / drawn.width;
  return scale > 1.05 ? scale : 2;
}
