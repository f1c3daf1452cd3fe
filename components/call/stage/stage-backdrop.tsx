'use client';

import { useState } from 'react';
import { CallProvider, type CallSetting } from '@/components/call/call-context';
import { Stage } from '@/components/call/stage/stage';
import { createCallStore } from '@/lib/client/call/call-store';

/** The Talk stage as a backdrop of the sign-in page. It is inert. */
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
