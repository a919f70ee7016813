/** In place of a function, for the root of a call tree. */
const NO_FUNCTION = 0xffff_ffff;

/**
 * Finds the node for (caller, function), or makes one: a hash table with open addressing over typed arrays, because a
 * profile has up to a million frames and a `Map` of them takes ten times the memory.
 */
export class FrameIndex {
  size = 1;
  readonly parent: Uint32Array;
  readonly functionOf: Uint32Array;
  /** 1 as long as every frame that was merged into the node was inlined. */
  readonly inlined: Uint8Array;
  /** Node numbers; 0 is a free place, since nobody calls the root. */
  readonly #places: Uint32Array;
  readonly #mask: number;

  /** For at most `frames` calls of `child` that make a node. */
  constructor(frames: number) {
    this.parent = new Uint32Array(frames + 1);
    this.functionOf = new Uint32Array(frames + 1);
    this.inlined = new Uint8Array(frames + 1);
    this.functionOf[0] = NO_FUNCTION;
    const places = 2 ** Math.ceil(Math.log2(frames * 2 + 2));
    this.#places = new Uint32Array(places);
    this.#mask = places - 1;
  }

  /** The node of `name` called from `caller`. */
  child(caller: number, name: number, inlined: number): number {
    let place = mixed(caller, name) & this.#mask;
    for (;;) {
      const node = this.#places[place] ?? 0;
      if (node === 0) return this.#add(place, caller, name, inlined);
      if (this.parent[node] === caller && this.functionOf[node] === name) {
        if (inlined === 0) this.inlined[node] = 0;
        return node;
      }
      place = (place + 1) & this.#mask;
    }
  }

  #add(place: number, caller: number, name: number, inlined: number): number {
    const node = this.size++;
    this.#places[place] = node;
    this.parent[node] = caller;
    this.functionOf[node] = name;
    this.inlined[node] = inlined;
    return node;
  }
}

/** Spreads neighbouring numbers over all 32 bits (the finaliser of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e37_79b1) ^ Math.imul(b + 1, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
