'use client';

import { useState } from 'react';
import { CallProvider, type CallSetting } from '@/components/call/call-context';
import { Stage } from '@/components/call/stage/stage';
import { createCallStore } from '@/lib/client/call/call-store';

/** The real Talk stage to look at, for somebody who still has to sign in. Nothing in it can be reached. */
export function StageBackdrop({ setting }: { setting: CallSetting }) {
  const [store] = useState(() => createCallStore());
  return (
    <div inert aria-hidden className="absolute inset-0 flex flex-col overflow-hidden">
      <CallProvider store={store} setting={setting}>
        <Stage />
      </CallProvider>
    </div>
  );
}
