// Plain JavaScript, because Node 20 does not run TypeScript: loads the module and nothing else by the loader.
import { createJiti } from 'jiti';

export const { browserArguments, realtimeFixtures } = await createJiti(import.meta.url).import(
  './suite/fixtures.ts',
);
