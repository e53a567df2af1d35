/** Pictures that are enlarged and moved about together, whatever their sizes: a place is told in parts of the picture. */
const PAN = 0.12;
const ARROWS = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

export function together(board) {
  const zooms = () => [...board.querySelectorAll(".compare__picture:not([hidden]) picture-zoom")];
  let isTelling = false;
  let view = { scale: 1, x: 0, y: 0 };

  const tell = (told, others) => {
    isTelling = true;
    view = told;
    for (const one of others) one.show({ scale: told.scale, x: told.x * one.drawn.width, y: told.y * one.drawn.height });
    isTelling = false;
  };

  board.addEventListener("picture-view", ({ target }) => {
    if (isTelling) return;
    const { scale, x, y } = target.view;
    tell({ scale, x: x / target.drawn.width, y: y / target.drawn.height }, zooms().filter((one) => one !== target));
  });

  return {
    zoom: (kind) => zooms()[0]?.zoom(kind),
    again: () => tell(view, zooms()),

    /** While they are enlarged the arrows move them and Esc shows the whole of them. */
    press(name) {
      if (view.scale <= 1) return false;
      const [dx, dy] = ARROWS[name] ?? [];
      if (name === "Escape") tell({ scale: 1, x: 0, y: 0 }, zooms());
      else if (dx !== undefined) tell({ ...view, x: view.x + dx, y: view.y + dy }, zooms());
      else return false;
      const first = zooms()[0];
      view = { scale: first.view.scale, x: first.view.x / first.drawn.width, y: first.view.y / first.drawn.height };
      return true;
    },
  };
}
