declare global {
  /** Where every copy of Zod reads its settings (zod 4, core/core). For `z.config` it would be too late: see below. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// Zod tests whether it may compile code from text. Our content security policy forbids that, and browsers report the
// test as an attack. Zod must know before the first schema is built, so this module comes before every other import.
// `z.config` would come too late: the bundler may put Zod and the Agents SDK, which builds schemas while it loads, into
// one chunk, and importing Zod then builds them.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

export {};
