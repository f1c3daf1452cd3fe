/** What callers may ask for: more time to think in a pause, or a sooner answer. */
export const PACES = ['patient', 'brisk'] as const;
export type Pace = (typeof PACES)[number];
