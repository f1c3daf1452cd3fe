/** The mode of this run: `PARLEY_E2E_CONNECT=relay npm run test:e2e` runs the whole suite in relay mode. */
export const isRelay = process.env.PARLEY_E2E_CONNECT === 'relay';
