/** Whether the history led to this page, by the browser's buttons or ours. A page that was there at once may have no timing
    yet; older browsers tell no other way. */
export const isTraversed = () =>
  globalThis.navigation?.activation?.navigationType === "traverse" ||
  performance.getEntriesByType("navigation")[0]?.type === "back_forward";
