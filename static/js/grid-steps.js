/** Where an arrow key leads from a picture of a justified grid: the neighbour, or the nearest one of the next row. */
export function stepFrom(link, key, grid) {
  const links = [...grid.querySelectorAll(".photo-card:not([hidden]) .photo-card__link")];
  const here = links.indexOf(link);
  if (key === "ArrowLeft") return links[here - 1];
  if (key === "ArrowRight") return links[here + 1];
  if (key === "ArrowUp") return inNextRow(link, links.slice(0, here).reverse());
  if (key === "ArrowDown") return inNextRow(link, links.slice(here + 1));
  return undefined;
}

/** The first picture that can be seen whole, or at all. */
export function firstInView(grid) {
  const links = [...grid.querySelectorAll(".photo-card:not([hidden]) .photo-card__link")];
  const below = (edge) => links.find((link) => link.getBoundingClientRect()[edge] > 64);
  return below("top") ?? below("bottom");
}

function inNextRow(link, ahead) {
  const middle = (one) => one.getBoundingClientRect().left + one.offsetWidth / 2;
  const top = (one) => Math.round(one.getBoundingClientRect().top);
  const first = ahead.find((one) => Math.abs(top(one) - top(link)) > 8);
  const row = ahead.filter((one) => first && Math.abs(top(one) - top(first)) <= 8);
  return row.sort((a, b) => Math.abs(middle(a) - middle(link)) - Math.abs(middle(b) - middle(link)))[0];
}
