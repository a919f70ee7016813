/** Exit codes of `check`, which a node-problem-detector custom plugin understands. */
export const CHECK_EXIT = { healthy: 0, sick: 1, unknown: 2 } as const;
