/** The files of a drop, those in folders too, with their paths; what is plainly no picture stays out of folders. */
const PICTURE = /\.(jpe?g|png|webp|gif|avif|tiff?|hei[cf])$/i;

export const isPicture = (file) => file.type.startsWith("image/") || PICTURE.test(file.name);

export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...transfer.files];
  return (await Promise.all(entries.map(under))).flat().filter(isPicture);
}

async function under(entry) {
  if (entry.isFile) return [Object.assign(await new Promise((resolve, reject) => entry.file(resolve, reject)), { path: entry.fullPath.slice(1) })];
  const inside = [];
  const reader = entry.createReader();
  for (let batch; (batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length;) inside.push(...batch);
  return (await Promise.all(inside.map(under))).flat();
}
