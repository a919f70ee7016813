import { QUESTIONS, type Question } from '../core/reading.ts';

/**
 * The number that stands for a question in a recording. Numbers are for ever: a new question gets a new one, at most
 * 63, because two bits of the byte say what follows ({@link WITH_ERRNO}, {@link WITH_COST}).
 */
export const QUESTION_CODES: Readonly<Record<Question, number>> = {
  read: 1,
  timed: 2,
  list: 3,
  dirs: 4,
  link: 5,
  links: 6,
  own: 7,
};

/** The question behind a number; none for a number that this version does not know. */
export const QUESTION_OF_CODE: ReadonlyMap<number, Question> = new Map(
  QUESTIONS.map((question) => [QUESTION_CODES[question], question]),
);

/** The reading's text is an errno. */
export const WITH_ERRNO = 0x40;

/** A cost follows. */
export const WITH_COST = 0x80;

/**
 * At most so many UTF-16 units of a path are taken over from the path before it: PATH_MAX is 4096, and a forged
 * recording cannot blow a few bytes up into long texts.
 */
export const SHARED_PATH_MAX = 4096;
