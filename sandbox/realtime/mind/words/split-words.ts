/**
 * Splits a sentence into plain words: lower case, contractions expanded, times and half-recognised compounds
 * repaired, fillers removed. Typed and recognised sentences give the same result.
 */
export function splitWords(said: string): string[] {
  let text = ` ${said.toLowerCase().replaceAll(/[’`]/g, "'")} `;
  for (const [pattern, better] of REPAIRS) text = text.replace(pattern, better);
  return text.split(/\s+/).filter((word) => word !== '' && !FILLERS.has(word));
}

/** Words as people write them: internally, "o'clock" has no apostrophe. */
export const asSaid = (text: string): string => text.replaceAll(/\boclock\b/g, "o'clock");

const FILLERS = new Set('um uh er erm hmm mhm eh please kindly just actually really maybe'.split(' '));

const REPAIRS: readonly [RegExp, string][] = [
  // Contractions.
  [/\bcan't\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/n't\b/g, ' not'],
  [/'(?:re)\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/'d\b/g, ' would'],
  [/\bi'm\b/g, 'i am'],
  [/\b(what|that|it|there|how|where|when|who|he|she)'?s\b/g, '$1 is'],
  [/\blet's\b/g, 'let us'],
  [/\bo'? ?clock\b/g, 'oclock'],
  // Times and dates keep their marks, everything else loses them.
  [/\b([ap])\.? ?m\b\.?/g, '$1m'],
  [/(\d)([ap]m)\b/g, '$1 $2'],
  [/\b(\d{1,2})[.](\d\d)\b/g, '$1:$2'],
  [/'s\b/g, ''],
  [/(?<!\d)[-–](?!\s*\d)|(?<=[a-z])[-–](?=\d)|(?<=\d)[-–](?=[a-z])/g, ' '],
  [/[^\p{L}\d:/-]+/gu, ' '],
  [/(?<!\d)[:/]|[:/](?!\d)/g, ' '],
  // Compounds that recognisers split or mishear.
  [/\bgood[ -]?(?:bye?|buy)\b|\bbye ?bye\b/g, 'goodbye'],
  [/(?<!\b(?:come|coming|drop|swing|stop|pop|pass|go|call|it) )by\s*$/g, 'bye'],
  [/\b(mon|tues|wednes|thurs|fri|satur|sun) day\b/g, '$1day'],
  [/\b(?:wensday|wendsday|wednsday)\b/g, 'wednesday'],
  [/\b(?:to|two) (?:morrow|marrow)\b|\btomorow\b/g, 'tomorrow'],
  [/\bo clock\b/g, 'oclock'],
  [/\bafter noon\b/g, 'afternoon'],
  [/\bupon(?= (?:mon|tues|wednes|thurs|fri|satur|sun)day\b)/g, 'up on'],
  [/\b(?:an? )?(?:up|a|app|appoint) ?(?:ointments?|pointments?|ment)\b/g, 'appointment'],
  [/\bre ?schedul/g, 'reschedul'],
  [
    /\b(?:counsel|council|cancell?|candle)(ed|ing)?\b(?= (?:my|the|an?|that|this|it|appointment|booking|order)\b)/g,
    'cancel$1',
  ],
  [/\b(?:u r|ur)\b/g, 'your'],
];
