/** Clear speech is above it; instruments, breath and engines that start a turn all the same are below. */
const DOUBTFUL = 0.8;
/** What the recogniser writes of a sound that is none of speech: words that ended many of the videos it learned from. */
const INVENTED =
  /^(?:you|yeah|yep|oh|ooh|ah|uh|um|hmm?|huh|okay|ok|so|the|a|i|bye|thanks?(?: you)?(?: very much| for watching)?)$/;

/** Whether the words of a turn were most likely made of a sound without any. */
export function isInvented(text: string, certainty: number): boolean {
  const words = text
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .trim();
  return certainty < DOUBTFUL && (words === '' || INVENTED.test(words));
}
