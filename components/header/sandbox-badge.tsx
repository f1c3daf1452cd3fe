/** Says that the agent is simulated, and what that means. Opens without JavaScript. */
export function SandboxBadge() {
  return (
    <>
      <button
        type="button"
        popoverTarget="about-sandbox"
        className="inline-flex min-h-11 items-center rounded-full font-medium text-warn text-xs"
      >
        <span className="rounded-full bg-warn-soft px-3 py-1 first-letter:uppercase">
          <span className="max-[23rem]:sr-only">Offline </span>sandbox
          <span className="max-sm:sr-only"> · simulated</span>
        </span>
      </button>
      <div
        id="about-sandbox"
        popover="auto"
        className="fixed inset-x-4 top-16 bottom-auto m-0 max-w-sm rounded-md border border-line bg-raised p-4 text-ink text-sm shadow-raised sm:start-24"
      >
        <p className="font-semibold">Offline sandbox</p>
        <p className="mt-1 text-ink-muted">
          Simulated: no AI provider is called. A small program on this site’s own machine listens, follows a
          script and speaks, over the same kind of WebRTC connection that a real agent uses.
        </p>
      </div>
    </>
  );
}
