'use client';

import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';

interface QuestionProps {
  title: string;
  /** What will happen. */
  question: ReactNode;
  /** Where the focus goes afterwards, if not to the dialog's trigger. */
  onCloseAutoFocus?: (event: Event) => void;
  /** The answers, a Cancel of the dialog among them. */
  children: ReactNode;
}

/** What is asked before something that cannot be taken back, in an `AlertDialog.Root`: at the bottom of a phone, a card elsewhere. */
export function Question({ title, question, onCloseAutoFocus, children }: QuestionProps) {
  return (
    <AlertDialog.Portal>
      <AlertDialog.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
      <AlertDialog.Content
        onCloseAutoFocus={onCloseAutoFocus}
        className="fixed inset-x-0 bottom-0 z-30 mx-auto max-h-[92dvh] w-full max-w-lg animate-arrive overflow-y-auto rounded-t-lg border border-line bg-raised p-6 text-ink shadow-raised sm:top-[18dvh] sm:bottom-auto sm:rounded-lg"
      >
        <AlertDialog.Title className="font-semibold text-lg">{title}</AlertDialog.Title>
        <AlertDialog.Description className="mt-2 text-ink-muted">{question}</AlertDialog.Description>
        {children}
      </AlertDialog.Content>
    </AlertDialog.Portal>
  );
}
