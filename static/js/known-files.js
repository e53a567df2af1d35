/** Finds out which files the gallery has already, by their checksums: Map of file to { photo, restore }.
    Where the browser cannot hash (an address without HTTPS), and for what is too large for its memory, nothing is known. */
export const LARGEST = 200 * 1024 * 1024;

export const canHash = (file) => Boolean(globalThis.crypto?.subtle) && file.size <= LARGEST;

export async function knownAmong(files, address, token) {
  const sums = new Map();
  for (const file of files.filter(canHash)) {
    const sum = await checksumOf(file).catch(() => "");
    if (sum) sums.set(file, sum);
  }
  const known = sums.size ? await ask([...new Set(sums.values())], address, token).catch(() => ({})) : {};
  return new Map([...sums].filter(([, sum]) => known[sum]).map(([file, sum]) => [file, known[sum]]));
}

async function checksumOf(file) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(checksums, address, token) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ checksums }) });
  return answer.ok && !answer.redirected ? (await answer.json()).known : {};
}
