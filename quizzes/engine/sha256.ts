// SHA-256 (FIPS 180-4), pure: the same in Node, in a worker and in a browser, and without waiting.

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** The first 32 bits of a fraction. */
function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

/** From the roots of the first primes, §4.2.2 and §5.3.3. */
const INITIAL = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));

/** The hash of octets, as 64 hexadecimal digits. */
export function sha256(octets: Uint8Array): string {
  const padded = pad(octets);
  const hash = Uint32Array.from(INITIAL);
  const words = new Uint32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) addBlock(hash, words, padded, at);
  return Array.from(hash, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The hash of a text in UTF-8. */
export function sha256Text(text: string): string {
  return sha256(utf8(text));
}

/** One 1 bit, zeros, and the length in bits. §5.1.1. */
function pad(octets: Uint8Array): DataView {
  const size = Math.ceil((octets.length + 9) / 64) * 64;
  const padded = new Uint8Array(size);
  padded.set(octets);
  padded[octets.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 8, Math.floor(octets.length / 2 ** 29));
  view.setUint32(size - 4, (octets.length << 3) >>> 0);
  return view;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** §6.2.2. */
function addBlock(hash: Uint32Array, w: Uint32Array, data: DataView, at: number): void {
  for (let t = 0; t < 16; t += 1) w[t] = data.getUint32(at + 4 * t);
  for (let t = 16; t < 64; t += 1) {
    const [early, late] = [w[t - 15] ?? 0, w[t - 2] ?? 0];
    const small0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const small1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[t] = (w[t - 16] ?? 0) + small0 + (w[t - 7] ?? 0) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let t = 0; t < 64; t += 1) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + (ROUNDS[t] ?? 0) + (w[t] ?? 0)) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => {
    hash[place] = (hash[place] ?? 0) + word;
  });
}

/** A text as UTF-8; half of a surrogate pair stands for U+FFFD. */
function utf8(text: string): Uint8Array {
  const octets: number[] = [];
  for (const sign of text) {
    const raw = sign.codePointAt(0) ?? 0;
    const code = raw >= 0xd800 && raw <= 0xdfff ? 0xfffd : raw;
    if (code < 0x80) octets.push(code);
    else if (code < 0x800) octets.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x1_0000)
      octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      octets.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f));
      octets.push(0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    }
  }
  return Uint8Array.from(octets);
}
