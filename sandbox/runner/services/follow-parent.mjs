// Loaded into every process that the runner starts, before its own code. When the runner is gone, even by
// `kill -9`, the channel to it closes, and the process ends as it would on SIGTERM.
process.once('disconnect', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
});
