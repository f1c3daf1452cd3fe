/** Chromium as these tests and measurements need it: no click before sound, and calls on a machine without network. */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];
