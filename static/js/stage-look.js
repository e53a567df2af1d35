/** What the owner sees of the stage is kept while it is drawn anew: how far a picture is enlarged, how far the strip is
    scrolled, which menu is open. */
let kept;

export function keepLook(stage) {
  const zoom = stage.querySelector("picture-zoom");
  kept = {
    step: stage.dataset.step,
    view: zoom?.isZoomed ? { ...zoom.view } : null,
    left: stage.querySelector(".alternatives")?.scrollLeft ?? 0,
    open: stage.querySelector(":popover-open")?.id,
  };
}

export function takeLook(stage) {
  if (!kept || kept.step !== stage.dataset.step) return;
  const zoom = stage.querySelector("picture-zoom");
  const strip = stage.querySelector(".alternatives");
  if (kept.view && zoom) zoom.show(kept.view);
  if (strip) strip.scrollLeft = kept.left;
  if (kept.open) stage.querySelector(`#${kept.open}`)?.showPopover();
  kept = null;
}
