'use client';

import { useCallContext } from '@/components/call/call-context';
import { PROVIDER_CAUSES, type ProviderCause } from '@/lib/shared/provider-cause';

/** Why the provider refused and what to do: for the owner, or where the site is only tried out. Nobody else sees it. */
export function OwnerNote({ cause }: { cause: ProviderCause | null }) {
  const { showsCauses } = useCallContext().setting;
  if (cause === null || !showsCauses) return null;
  const { problem, cure } = PROVIDER_CAUSES[cause];
  return (
    <section
      aria-labelledby="owner-note-title"
      className="mt-2 w-full rounded-md border border-line bg-sunken p-4 text-start text-sm"
    >
      {/* No heading: its level would differ from card to receipt. */}
      <p id="owner-note-title" className="font-semibold">
        For the owner of this site: <code>{cause}</code>
      </p>
      <p className="mt-1">{problem}</p>
      <p className="mt-1 text-ink-muted">{cure}</p>
    </section>
  );
}
