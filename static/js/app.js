// What every page runs. One module per behaviour; each defines a custom element and needs no set-up.
