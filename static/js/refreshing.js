/** Asks for the list again, as its address says. */
export const refresh = () => htmx.ajax("GET", location.pathname + location.search, { target: "#results", swap: "outerHTML" });
