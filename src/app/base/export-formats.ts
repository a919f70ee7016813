/** What a snapshot can be written as. */
export const FORMATS = ['md', 'json', 'text', 'svg', 'prom', 'bundle'] as const;

/** One of {@link FORMATS}. */
export type ExportFormat = (typeof FORMATS)[number];

/** Those that are one text. */
export type TextFormat = Exclude<ExportFormat, 'bundle'>;

/** The ending of a file of each format. */
export const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  md: 'md',
  json: 'json',
  text: 'txt',
  svg: 'svg',
  prom: 'prom',
  bundle: 'tar.gz',
};

/** The format that a file of ours has by its ending. */
export function formatOfPath(path: string): string {
  return FORMATS.find((format) => path.endsWith(`.${ENDINGS[format]}`)) ?? path.slice(path.lastIndexOf('.') + 1);
}
