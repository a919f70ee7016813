/** Collects bytes in a buffer that grows; numbers are little-endian, texts are UTF-8 behind their length in bytes. */
export class ByteWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(sizeHint = 4096) {
    this.#buffer = Buffer.allocUnsafe(sizeHint);
  }

  /** Forgets what was written and keeps the buffer. */
  clear(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#makeRoom(1);
    this.#buffer[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  whole(value: number): void {
    this.#makeRoom(8);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#length++] = rest;
  }

  /** A 64-bit floating point number. */
  real(value: number): void {
    this.#makeRoom(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  /** An unsigned number of 32 bits. */
  word(value: number): void {
    this.#makeRoom(4);
    this.#length = this.#buffer.writeUInt32LE(value, this.#length);
  }

  text(value: string): void {
    // UTF-8 takes at most three bytes per UTF-16 unit, so that a short text's length surely fits one byte: it is
    // written first and measured by writing it.
    if (value.length <= 42) {
      this.#makeRoom(127);
      const written = this.#buffer.write(value, this.#length + 1, 'utf8');
      this.#buffer[this.#length] = written;
      this.#length += 1 + written;
      return;
    }
    const size = Buffer.byteLength(value, 'utf8');
    this.whole(size);
    this.#makeRoom(size);
    this.#length += this.#buffer.write(value, this.#length, 'utf8');
  }

  /** Bytes behind their length. */
  block(bytes: Uint8Array): void {
    this.whole(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A copy of what was written, of exactly its size. */
  finish(): Uint8Array {
    return new Uint8Array(this.#buffer.subarray(0, this.#length));
  }

  #makeRoom(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

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
