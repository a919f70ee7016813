/** Size of one character cell in pixels, as a terminal with a 15 px font has it. */
export const CELL = { width: 9, height: 18 } as const;
