/** Bytes that do not have the form they must have. Thrown and caught inside this folder only. */
export class DamagedBytes extends Error {}

/** Reads what `ByteWriter` wrote. Every length is checked against the bytes that are there before anything is made. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  whole(): number {
    let value = 0;
    let unit = 1;
    for (let count = 0; count < 8; count++) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
      unit *= 0x80;
    }
    throw new DamagedBytes('a whole number is too large');
  }

  real(): number {
    return this.#bytes.readDoubleLE(this.#advance(8));
  }

  word(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  text(): string {
    const size = this.whole();
    const start = this.#advance(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  /** A view, not a copy. */
  block(): Uint8Array {
    return this.raw(this.whole());
  }

  /** A view, not a copy. */
  raw(size: number): Uint8Array {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  #advance(size: number): number {
    const start = this.#position;
    if (size > this.#bytes.length - start) {
      throw new DamagedBytes(`${size} bytes expected, ${this.#bytes.length - start} are there`);
    }
    this.#position = start + size;
    return start;
  }
}
