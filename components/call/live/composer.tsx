'use client';

import { ArrowUp } from 'lucide-react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useAgent, useCallContext } from '@/components/call/call-context';
import { buttonClass } from '@/components/ui/button-class';

const MAX_CHARS = 1000;

/** Enter sends, unless it ends a composition of an input method. Safari marks that one only by its key code, 229. */
const isSendKey = ({ key, shiftKey, nativeEvent }: KeyboardEvent) =>
  key === 'Enter' && !shiftKey && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;

interface ComposerProps {
  takesFocus: boolean;
  text: string;
  onText: (text: string) => void;
}

/** The text field of a call. Nothing leaves it before it is sent. */
export function Composer({ takesFocus, text, onText }: ComposerProps) {
  const { store } = useCallContext();
  const { title } = useAgent();

  const send = () => {
    const message = text.trim();
    if (!message) return;
    onText('');
    store.commands.sendText(message);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={onSubmit}
      className="flex items-end gap-2 rounded-lg border border-line-strong bg-raised p-1.5 focus-within:-outline-offset-1 focus-within:outline-2 focus-within:outline-accent"
    >
      <textarea
        ref={takesFocus ? focusOnArrival : undefined}
        aria-label={`Message to ${title}`}
        placeholder={`Message ${title}`}
        dir="auto"
        rows={1}
        maxLength={MAX_CHARS}
        enterKeyHint="send"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-32 min-h-11 min-w-0 grow resize-none bg-transparent px-3 py-2.5 outline-none placeholder:text-ink-muted"
      />
      <button
        type="submit"
        aria-disabled={text.trim() === ''}
        className={buttonClass({ look: 'primary', shape: 'icon' })}
      >
        <ArrowUp className="size-5" aria-hidden />
        <span className="sr-only">Send</span>
      </button>
    </form>
  );
}

const focusOnArrival = (field: HTMLTextAreaElement | null) => field?.focus({ preventScroll: true });
