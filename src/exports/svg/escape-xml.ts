import { replaceObeyed } from '../../core/printable.ts';

/** Text for SVG: control characters, lone surrogates and non-characters would make the file no XML at all. */
export function escapeXml(text: string): string {
  return replaceObeyed(text, () => '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
