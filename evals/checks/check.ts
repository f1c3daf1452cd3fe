/** One thing that was looked at, and why it is wrong. */
export interface Check {
  name: string;
  /** `null`: it is as it must be. */
  cause: string | null;
}

/** Returns a check that fails with this cause, if there is one. */
export const toCheck = (name: string, cause: string | null): Check => ({ name, cause });

const SHOWN_CHARS = 160;

/** A value as a cause shows it. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
