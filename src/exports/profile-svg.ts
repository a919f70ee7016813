import { profileFacts } from '../format/profile-sentences.ts';
import { wrapText } from '../format/wrap.ts';
import type { Profiled } from '../profile/profiled.ts';
import { profileContent } from './content/profile.ts';
import { encodeFlameSvg } from './flame-svg.ts';

/** What a line of notes has room for. */
const NOTE_CHARACTERS = 160;

/** A profile as an interactive flame graph for a browser, with the answer and the warnings above it. */
export function encodeProfileSvg(profiled: Profiled): string {
  const { headline, sentences, warnings } = profileContent(profiled);
  const { answer, executable, profile, tree } = profiled;
  return encodeFlameSvg(tree, {
    title: profileFacts(answer, { executable, durationSeconds: profile.durationSeconds }),
    notes: [headline, ...sentences, ...warnings].flatMap((text) => wrapText(text, NOTE_CHARACTERS, 2)),
  });
}
