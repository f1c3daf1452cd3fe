'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmedButton } from '@/components/ui/confirmed-button';

interface DeleteButtonProps {
  /** On the button, and the name of the question. */
  label: string;
  question: string;
  /** Said instead of the question after an attempt that failed. */
  failure: string;
  confirmLabel: string;
  /** Returns whether it is deleted. */
  remove: () => Promise<boolean>;
  onDeleted: () => unknown;
}

/** Deletes something for good, after a confirmation in the same place. */
export function DeleteButton({ remove, onDeleted, ...words }: DeleteButtonProps) {
  const act = async () => {
    if (!(await remove())) return false;
    await onDeleted();
    return 'for_good';
  };
  return (
    <ConfirmedButton
      {...words}
      icon={<Trash2 className="size-4" aria-hidden />}
      actingLabel="Deleting…"
      cancelLabel="Keep it"
      act={act}
    />
  );
}
