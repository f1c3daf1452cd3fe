/**
 * Chromium's arguments for tests and measurements: audio without a click, and calls on a machine without a
 * network.
 */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];
