declare global {
  /** Where every copy of Zod reads its settings (zod 4, core/core). `z.config` would come too late: see below. */
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

// Zod tries whether it may compile code from text. Our content security policy forbids that, and browsers report the
// try as an attack. Zod must know before the first schema is made. The bundler puts Zod and the Agents SDK, which makes
// schemas while it loads, into one piece: whoever imports Zod to tell it has made them already.
globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

export {};
