/** Placeholder of a list that is empty until a call fills it. */
export function NothingYet({ children }: { children: string }) {
  return <p className="py-6 text-center text-ink-muted">{children}</p>;
}
