'use client';

import { clsx } from 'clsx';
import { MicOff, PhoneOff } from 'lucide-react';
import type { CallPhase } from '@/lib/client/state/call-state';

interface TroubleHubProps {
  name: CallPhase['name'];
  className: string;
}

/** In trouble the hub is only a picture. The card below it says what to do. */
export default function TroubleHub({ name, className }: TroubleHubProps) {
  const Icon = name === 'microphone_refused' ? MicOff : PhoneOff;
  return (
    <span className={clsx(className, 'bg-sunken text-ink-muted')}>
      <Icon className="size-8" aria-hidden />
    </span>
  );
}
