'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { RefObject } from 'react';
import { AgentOptions } from '@/components/options/agent-options';
import { ScreenOptions } from '@/components/options/screen-options';
import { SoundOptions } from '@/components/options/sound-options';
import { buttonClass } from '@/components/ui/button-class';
import { returnFocus } from '@/components/ui/return-focus';

interface OptionsDialogProps {
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** All options: agent and voice, microphone and loudspeaker, captions, theme and keys. */
export default function OptionsDialog({ opener, onClose }: OptionsDialogProps) {
  return (
    <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={() => returnFocus(opener)}
          className="fixed inset-x-0 bottom-0 z-30 mx-auto flex max-h-[92dvh] w-full max-w-xl animate-arrive flex-col rounded-t-lg border border-line bg-raised text-ink shadow-raised sm:bottom-auto sm:top-[6dvh] sm:max-h-[88dvh] sm:rounded-lg"
        >
          <div className="flex items-center justify-between gap-4 border-line border-b py-2 ps-6 pe-2">
            <Dialog.Title className="font-semibold text-lg">Options</Dialog.Title>
            <Dialog.Close className={buttonClass({ look: 'quiet', shape: 'icon' })}>
              <X className="size-5" aria-hidden />
              <span className="sr-only">Close</span>
            </Dialog.Close>
          </div>
          <div className="flex flex-col gap-8 overflow-y-auto overscroll-contain px-6 py-6 mask-b-from-[calc(100%-1.5rem)]">
            <AgentOptions />
            <SoundOptions />
            <ScreenOptions />
            <p className="text-ink-muted text-xs">Your choices stay in this browser.</p>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
