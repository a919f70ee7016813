/** Bytes with a binary prefix and three significant digits: `981 MiB`, `1.25 GiB`, `0 B`. */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let scaled = Math.abs(value);
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1024;
    unit += 1;
  }
  return `${value < 0 ? '-' : ''}${threeDigits(scaled, unit === 0)} ${units[unit]}`;
}

/** A whole number with thousands marked: `5,138,322`. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** How long something took: `4.74 s`, `289 ms`, `0.1 ms`, `24 us`, `3 min 52 s`. */
export function seconds(value: number): string {
  if (value >= 99.5) return duration(value);
  if (value >= 0.9995) return `${value.toFixed(value < 9.995 ? 2 : 1)} s`;
  const ms = value * 1000;
  if (ms >= 9.95) return `${ms.toFixed(0)} ms`;
  if (ms >= 0.1) return `${ms.toFixed(1)} ms`;
  return `${(ms * 1000).toFixed(0)} us`;
}

/** A stretch of time in its two largest units: `83 d 4 h`, `3 min 52 s`, `12 s`. */
export function duration(value: number): string {
  const whole = Math.max(0, Math.round(value));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount], index) => index === 0 || amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A percentage: one digit behind the point below 100. */
export function percent(value: number): string {
  return `${value.toFixed(Math.abs(value) < 999.95 ? 1 : 0)} %`;
}

/** A percentage without digits behind the point. */
export function wholePercent(value: number): string {
  return `${value.toFixed(0)} %`;
}

/** With its sign, also where it grows: `+3.0 MiB`. `print` prints the amount. */
export function signed(value: number, print: (value: number) => string): string {
  return value > 0 ? `+${print(value)}` : print(value);
}

function threeDigits(value: number, whole: boolean): string {
  if (whole || value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}
