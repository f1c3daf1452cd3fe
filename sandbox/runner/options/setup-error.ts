/** Something that the person at the terminal can put right; its message says how, and is all that is printed. */
export class SetupError extends Error {}
