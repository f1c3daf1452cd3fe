const NAMES = ['SANDBOX_API_KEY', 'SANDBOX_REDIS_TOKEN', 'AUTH_SECRET'] as const;

/** Returns the secrets of this run's servers (see playwright.config.ts). None may ever reach a browser. */
export function secretsOfTheRun(): [name: string, value: string][] {
  return NAMES.map((name) => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: start the tests with npm run test:e2e`);
    return [name, value];
  });
}
