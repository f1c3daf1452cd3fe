import { MICRO_USD, planningMicroUsdPerSecond, toMicroUsd } from '@/lib/shared/prices';
import type { Scenario } from '../scenario/scenario.ts';

/** What is said when calls would cost money and nobody has said how much. */
export class BudgetError extends Error {}

/** The money of one run, in micro-USD. Calls of the sandbox cost nothing, and are never refused. */
export class Budget {
  readonly #limitMicroUsd: number;
  #spentMicroUsd = 0;
  #heldMicroUsd = 0;

  private constructor(limitMicroUsd: number) {
    this.#limitMicroUsd = limitMicroUsd;
  }

  static readonly free = (): Budget => new Budget(Number.POSITIVE_INFINITY);

  /** Reads `EVAL_BUDGET_USD`. Throws `BudgetError` without a number above zero. */
  static read(text: string | undefined): Budget {
    const usd = Number(text?.trim() || Number.NaN);
    if (!Number.isFinite(usd) || usd <= 0) {
      throw new BudgetError('These calls cost money. Say how much they may cost: EVAL_BUDGET_USD=1.50');
    }
    return new Budget(toMicroUsd(usd));
  }

  get isFree(): boolean {
    return this.#limitMicroUsd === Number.POSITIVE_INFINITY;
  }

  get spentMicroUsd(): number {
    return this.#spentMicroUsd;
  }

  get leftMicroUsd(): number {
    return this.#limitMicroUsd - this.#spentMicroUsd - this.#heldMicroUsd;
  }

  /** Holds what a call may cost at most. Returns false, and holds nothing, when it does not fit. */
  hold(microUsd: number): boolean {
    if (microUsd > this.leftMicroUsd) return false;
    this.#heldMicroUsd += microUsd;
    return true;
  }

  /** Gives back what was held, and counts what was spent. */
  settle(heldMicroUsd: number, spentMicroUsd: number): void {
    this.#heldMicroUsd -= heldMicroUsd;
    if (!this.isFree) this.#spentMicroUsd += spentMicroUsd;
  }
}

/** Returns what a call of the scenario costs if it takes as long as it may, by the planning price of the model. */
export const plannedMicroUsd = ({ mostSeconds }: Scenario, model: string): number =>
  mostSeconds * planningMicroUsdPerSecond(model);

export const inUsd = (microUsd: number): string =>
  `$${(microUsd / MICRO_USD).toFixed(microUsd < 100_000 ? 4 : 2)}`;
