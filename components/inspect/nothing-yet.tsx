/** Where a call would leave its traces. */
export function NothingYet({ children }: { children: string }) {
  return <p className="py-6 text-center text-ink-muted">{children}</p>;
}
