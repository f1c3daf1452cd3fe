'use client';

import { leave } from '@/components/header/leave';
import { DeleteButton } from '@/components/ui/delete-button';
import { eraseEverything } from '@/lib/client/api/personal-data-api';

/** Deletes everything of the user, then signs out: a visit stores data again. */
export const DeleteEverything = () => (
  <DeleteButton
    label="Delete my data"
    question="Delete everything for good, and sign out? An open call ends."
    failure="That didn’t work, or not all of it. Try again?"
    confirmLabel="Delete everything"
    remove={eraseEverything}
    onDeleted={leave}
  />
);
