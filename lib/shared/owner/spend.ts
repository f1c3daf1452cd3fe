/** The console looks at so many days at a time, today included. */
export const SPEND_RANGES = [7, 30, 90, 400] as const;
export type SpendRange = (typeof SPEND_RANGES)[number];

/** What calls came to, on the days on which they began. Money is by planning prices. */
export interface SpendSums {
  calls: number;
  seconds: number;
  microUsd: number;
}

export type SpendOf<Name extends string> = SpendSums & Record<Name, string>;

export interface Spend {
  total: SpendSums;
  /** Every day of the range, the oldest first, such as `2026-11-29`. */
  days: SpendOf<'day'>[];
  /** By title, the dearest first. */
  agents: SpendOf<'title'>[];
  roles: SpendOf<'role'>[];
  today: { budgetMicroUsd: number; spentMicroUsd: number; heldMicroUsd: number };
}
