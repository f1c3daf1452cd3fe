// Loaded into the runner and into every process that it starts, before their own code. Ends the process as SIGTERM
// does when its parent is gone, even by `kill -9`: the IPC channel to the parent closes, or, under npm, which opens
// none, the parent's process id changes.
const PARENT_CHECK_MS = 1_000;

function end() {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
}

process.once('disconnect', end);
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    end();
  }, PARENT_CHECK_MS).unref();
}
