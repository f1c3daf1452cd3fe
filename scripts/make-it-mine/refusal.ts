/** Why the script changes nothing, in words for the person who runs it. */
export class Refusal extends Error {}
