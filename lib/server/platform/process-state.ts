// Tested with a real build in e2e/production/image.
import 'server-only';

/** Where the variables of the process are. Exported for tests that begin as a new process does. */
export const PROCESS_STATE = Symbol.for('parley.process-state');

type WithState = typeof globalThis & { [PROCESS_STATE]?: Map<string, unknown> };

/**
 * Returns what all parts of the process share under a name, made by `create` the first time. Next bundles routes, pages and
 * `instrumentation.ts` apart, and each bundle has a copy of a module with variables of its own: what a route writes into one,
 * the timer of another never sees.
 */
export function processState<State>(name: string, create: () => State): State {
  const process: WithState = globalThis;
  process[PROCESS_STATE] ??= new Map();
  const states = process[PROCESS_STATE];
  if (!states.has(name)) states.set(name, create());
  return states.get(name) as State;
}
