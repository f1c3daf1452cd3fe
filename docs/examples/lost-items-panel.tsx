import type { User } from '@/lib/server/auth/user';
import { listLostItems } from './lost-items';

/** What the visitor reported. The page renders it again after a run of a tool with `changesData`. */
export async function Panel({ user }: { user: User }) {
  const items = await listLostItems(user);
  return (
    <aside aria-label="Lost items" className="max-h-[40dvh] overflow-y-auto border-line p-6 max-lg:border-t">
      <h2 className="font-semibold">We look out for</h2>
      {items.length === 0 ? (
        <p className="text-ink-muted">Nothing yet.</p>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </aside>
  );
}

/** Shown until {@link Panel} has its data. */
export function PanelLoading() {
  return <aside className="border-line p-6 text-ink-muted max-lg:border-t">Loading…</aside>;
}
