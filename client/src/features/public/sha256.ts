/** SHA-256 in plain script: browsers offer their own only on secure pages, and companies also serve forms inside their network. */

const PRIMES: number[] = [];
const START: number[] = [];

function fractional(value: number): number {
  return ((value - Math.floor(value)) * 0x100000000) | 0;
}

for (let candidate = 2; PRIMES.length < 64; candidate += 1) {
  let isPrime = true;
  for (let factor = 2; factor * factor <= candidate; factor += 1) if (candidate % factor === 0) isPrime = false;
  if (!isPrime) continue;
  if (PRIMES.length < 8) START.push(fractional(candidate ** (1 / 2)));
  PRIMES.push(fractional(candidate ** (1 / 3)));
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by));
const words = new Int32Array(64);

function block(state: Int32Array, bytes: Uint8Array, from: number): void {
  for (let at = 0; at < 16; at += 1) {
    const place = from + at * 4;
    words[at] =
      ((bytes[place] ?? 0) << 24) |
      ((bytes[place + 1] ?? 0) << 16) |
      ((bytes[place + 2] ?? 0) << 8) |
      (bytes[place + 3] ?? 0);
  }
  for (let at = 16; at < 64; at += 1) {
    const near = words[at - 15] ?? 0;
    const far = words[at - 2] ?? 0;
    const one = rotate(near, 7) ^ rotate(near, 18) ^ (near >>> 3);
    const two = rotate(far, 17) ^ rotate(far, 19) ^ (far >>> 10);
    words[at] = ((words[at - 16] ?? 0) + one + (words[at - 7] ?? 0) + two) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at += 1) {
    const first = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const added = (h + first + ((e & f) ^ (~e & g)) + (PRIMES[at] ?? 0) + (words[at] ?? 0)) | 0;
    const second = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const other = (second + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + added) | 0, c, b, a, (added + other) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = ((state[at] ?? 0) + word) | 0;
  });
}

/** The hash of an ASCII text, in hexadecimal digits. */
export function sha256(text: string): string {
  const length = text.length;
  const bytes = new Uint8Array(((length + 8) >> 6) * 64 + 64);
  for (let at = 0; at < length; at += 1) bytes[at] = text.charCodeAt(at);
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, length * 8);
  const state = Int32Array.from(START);
  for (let from = 0; from < bytes.length; from += 64) block(state, bytes, from);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
