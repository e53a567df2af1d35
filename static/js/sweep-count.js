/** How many pictures a form asks for: those of one request, times the values that are compared. */
const RANGE = /^(-?[\d.]+)\s*(?:-|–|to)\s*(-?[\d.]+)\s*(?::|by)\s*([\d.]+)$/;
const LISTED = { scheduler: "_schedulers", model: "_models" };

/** How many different numbers a text holds, such as "20, 30" or "20-40:5"; 0 when something is no number. */
export function countNumbers(text) {
  const found = new Set();
  for (const part of text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean)) {
    const range = RANGE.exec(part)?.slice(1).map(Number);
    const numbers = range ? spread(...range) : part.split(/\s+/).map(Number);
    if (!numbers || numbers.some(Number.isNaN)) return 0;
    numbers.forEach((number) => found.add(number));
  }
  return found.size;
}

function spread(low, high, step) {
  if (!(step > 0) || high < low) return null;
  const count = Math.min(99, Math.floor((high - low) / step + 1e-9) + 1);
  return Array.from({ length: count }, (_, number) => Number((low + step * number).toFixed(6)));
}

/** The number of values of each direction that is in use. */
export function lengths(form) {
  const places = ["across", "down"].filter((place) => form.elements[place]?.value);
  return places.map((place) => countOf(form, place, form.elements[place].value));
}

function countOf(form, place, name) {
  if (LISTED[name]) return form.querySelectorAll(`[name=${place}${LISTED[name]}]:checked`).length;
  return countNumbers(form.elements[`${place}_values`]?.value ?? "");
}

/** The number of pictures in all. */
export function pictures(form) {
  const count = Number(form.elements.other_count?.value || form.querySelector("[name=count]:checked")?.value || 0);
  return lengths(form).reduce((total, length) => total * Math.max(1, length), count);
}
