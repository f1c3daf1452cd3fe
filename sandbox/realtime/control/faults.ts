import type { FaultPlan } from './fault-plan.ts';

type Name = keyof FaultPlan;
type Fault<N extends Name> = NonNullable<FaultPlan[N]>;

/** The faults in force. Taking one that has a number of times uses up one of them. */
export class Faults {
  #plan: FaultPlan = {};

  constructor(plan: FaultPlan = {}) {
    this.set(plan);
  }

  get plan(): FaultPlan {
    return this.#plan;
  }

  set(plan: FaultPlan): void {
    const given = Object.entries(plan).filter(([, fault]) => fault !== undefined);
    this.#plan = { ...this.#plan, ...structuredClone(Object.fromEntries(given)) };
  }

  clear(): void {
    this.#plan = {};
  }

  take<N extends Name>(name: N): Fault<N> | null {
    const fault = this.#plan[name] as Fault<N> | null | undefined;
    if (!fault) return null;
    if (fault.times !== undefined) {
      const left = fault.times - 1;
      this.#plan = { ...this.#plan, [name]: left > 0 ? { ...fault, times: left } : null };
    }
    return fault;
  }
}
