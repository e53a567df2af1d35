/** The day of the timeline that is at the top of what is seen. */
export function dayInView(results = document.getElementById("results")) {
  const left = results.getBoundingClientRect().left;
  const seen = [120, 160, 220, 320].map((top) => document.elementFromPoint(left + 40, top)?.closest(".day"));
  return seen.find(Boolean) ?? [...results.querySelectorAll(".day")].find((day) => day.getBoundingClientRect().bottom > 100);
}

/** Its date, as 2021-03-14. */
export const dateOf = (day) => day?.getAttribute("aria-labelledby").replace("day-", "") ?? "";
