const PARENT_CHECK_MS = 1_000;

/** Calls `onGone` when npm, which started this process, has ended: npm's shell does not pass a kill on. */
export function watchPackageRunner(onGone: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && onGone(), PARENT_CHECK_MS).unref();
}
