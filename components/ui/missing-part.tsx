'use client';

/** In the place of a part that the server no longer has. The rest of the page lives on, and with it a call. */
export function MissingPart() {
  return (
    <p
      role="alert"
      className="fixed inset-x-4 top-4 z-40 mx-auto max-w-md rounded-md border border-line bg-raised px-4 py-3 text-sm shadow-raised"
    >
      A part of this page didn’t load: the site may have been updated since you opened it.{' '}
      <button
        type="button"
        className="font-medium text-accent underline underline-offset-4"
        onClick={() => location.reload()}
      >
        Reload the page
      </button>
    </p>
  );
}
