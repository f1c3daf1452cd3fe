/** An error that the user can fix. Its message says how, and is all that is printed. */
export class SetupError extends Error {}
