import type { FaultPlan } from './fault-plan.ts';

type Name = keyof FaultPlan;
type Fault<N extends Name> = NonNullable<FaultPlan[N]>;

/**
 * The faults in force: ordered ones, over those of the profile. Taking one that has a number of times uses up one of
 * them.
 */
export class Faults {
  readonly #profile: FaultPlan;
  readonly #random: () => number;
  #plan: FaultPlan;

  constructor(plan: FaultPlan = {}, profile: FaultPlan = {}, random: () => number = Math.random) {
    this.#profile = profile;
    this.#random = random;
    this.#plan = { ...profile };
    this.set(plan);
  }

  get plan(): FaultPlan {
    return this.#plan;
  }

  set(plan: FaultPlan): void {
    const given = Object.entries(plan).filter(([, fault]) => fault !== undefined);
    this.#plan = { ...this.#plan, ...structuredClone(Object.fromEntries(given)) };
  }

  /** Ends what was ordered; the profile stays. */
  clear(): void {
    this.#plan = { ...this.#profile };
  }

  take<N extends Name>(name: N): Fault<N> | null {
    const fault = this.#plan[name] as Fault<N> | null | undefined;
    if (!fault || (fault.oneIn !== undefined && this.#random() >= 1 / fault.oneIn)) return null;
    if (fault.times !== undefined) {
      const left = fault.times - 1;
      this.#plan = { ...this.#plan, [name]: left > 0 ? { ...fault, times: left } : null };
    }
    return fault;
  }
}
