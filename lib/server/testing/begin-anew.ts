import { vi } from 'vitest';
import { PROCESS_STATE } from '@/lib/server/platform/process-state';

const FIRST_ENV = Symbol.for('parley.first-env');

const shared: typeof globalThis & { [FIRST_ENV]?: NodeJS.ProcessEnv; [PROCESS_STATE]?: unknown } = globalThis;

/** The variables of the process before its first file changed any. */
const firstEnv = shared[FIRST_ENV] ?? { ...process.env };
shared[FIRST_ENV] = firstEnv;

// Vitest runs this before each test file. In a process that runs many, the file finds what a process of its own would
// have: the first environment, no state of the process, and modules of ours that were not loaded yet. Packages stay
// loaded, which is where the time of a process goes.
vi.unstubAllEnvs();
vi.unstubAllGlobals();
for (const name of Object.keys(process.env)) if (!(name in firstEnv)) delete process.env[name];
Object.assign(process.env, firstEnv);
delete shared[PROCESS_STATE];
vi.useRealTimers();
vi.resetModules();
