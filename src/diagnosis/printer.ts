/** How quantities become text. Diagnosis makes no text of a number itself: the caller hands in format's functions. */
export interface Printer {
  /** `1.25 GiB` */
  readonly bytes: (bytes: number) => string;
  /** `29,856` */
  readonly count: (count: number) => string;
  /** A short time to three digits: `4.74 s`, `0.1 ms`. */
  readonly seconds: (seconds: number) => string;
  /** `32.2 %` */
  readonly percent: (percent: number) => string;
  /** A long time in its two largest units: `3 min 52 s`. */
  readonly duration: (seconds: number) => string;
}
