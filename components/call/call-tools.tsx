'use client';

import { clsx } from 'clsx';
import { InspectButton } from '@/components/inspect/inspect-button';
import { OptionsButton } from '@/components/options/options-button';

/** Beside a conversation: options for every user, the inspector for developers. */
export function CallTools({ className }: { className?: string }) {
  return (
    <div className={clsx('flex gap-1 max-[26rem]:flex-col', className)}>
      <OptionsButton shape="icon" />
      <InspectButton />
    </div>
  );
}
