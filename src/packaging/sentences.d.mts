import type { Plugin } from 'esbuild';

/** A sentence or a comment, and where it stands. */
export interface Found {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export function sentencesOf(root: string): Promise<readonly Found[]>;
export function commentsOf(root: string): Promise<readonly Found[]>;
export function sentenceList(root: string): Promise<string>;
export function sentencesPlugin(root: string): Plugin;
