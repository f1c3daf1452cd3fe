import nextEnv from '@next/env';
import type { Environment, Mode } from './plan-services.ts';

/**
 * The environment together with the `.env*` files of `directory`, by Next's own rules. The process's own
 * environment is unchanged: Next must read the files itself, so that it notices when they change.
 */
export function loadEnvironment(directory: string, mode: Mode): Environment {
  const log = { info: () => undefined, error: console.error };
  const { combinedEnv } = nextEnv.loadEnvConfig(directory, mode === 'dev', log);
  const loaded = { ...combinedEnv };
  nextEnv.resetEnv();
  return loaded;
}
