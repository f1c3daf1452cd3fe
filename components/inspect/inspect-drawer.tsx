'use client';

import { X } from 'lucide-react';
import { Dialog, Tabs } from 'radix-ui';
import { type RefObject, useSyncExternalStore } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { EventList } from '@/components/inspect/event-list';
import { RequestList } from '@/components/inspect/request-list';
import { TimingView } from '@/components/inspect/timing-view';
import { UsageView } from '@/components/inspect/usage-view';
import { buttonClass } from '@/components/ui/button-class';
import { returnFocus } from '@/components/ui/return-focus';

const TABS = ['Timing', 'Usage', 'Events', 'Requests'] as const;

const stayOpen = (event: Event) => event.preventDefault();

interface InspectDrawerProps {
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/**
 * For developers: how the call connected, how fast the agent responds, what it uses, and what went over the wire. It
 * opens beside the call, never over its controls.
 */
export default function InspectDrawer({ opener, onClose }: InspectDrawerProps) {
  const { inspect } = useCallContext().store;
  const state = useSyncExternalStore(inspect.subscribe, inspect.getState, inspect.getState);
  const views = {
    Timing: <TimingView state={state} />,
    Usage: <UsageView state={state} />,
    Events: <EventList events={state.events} />,
    Requests: <RequestList requests={state.requests} />,
  };
  return (
    <Dialog.Root defaultOpen modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={() => returnFocus(opener)}
          onInteractOutside={stayOpen}
          className="fixed inset-x-0 top-0 z-20 flex h-[55dvh] animate-arrive flex-col border-line border-b bg-raised text-ink text-sm shadow-raised lg:start-auto lg:end-0 lg:h-dvh lg:w-[23rem] lg:border-s lg:border-b-0"
        >
          <Tabs.Root defaultValue="Timing" className="flex min-h-0 grow flex-col">
            <div className="flex items-center justify-between gap-4 ps-4 pe-2 pt-2">
              <Dialog.Title className="font-semibold text-lg">Inspector</Dialog.Title>
              <Dialog.Close className={buttonClass({ look: 'quiet', shape: 'icon' })}>
                <X className="size-5" aria-hidden />
                <span className="sr-only">Close the inspector</span>
              </Dialog.Close>
            </div>
            <Tabs.List aria-label="Inspector" className="flex gap-1 border-line border-b px-2">
              {TABS.map((tab) => (
                <Tabs.Trigger
                  key={tab}
                  value={tab}
                  className="min-h-11 border-transparent border-b-2 px-3 text-ink-muted data-[state=active]:border-accent data-[state=active]:text-ink"
                >
                  {tab}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            {TABS.map((tab) => (
              <Tabs.Content
                key={tab}
                value={tab}
                tabIndex={0}
                className="min-h-0 grow overflow-y-auto overscroll-contain p-4"
              >
                {views[tab]}
              </Tabs.Content>
            ))}
          </Tabs.Root>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
