import { stem } from '../words/stem.ts';

/** What a tool does. Only `read` changes nothing. */
export type Deed = 'read' | 'create' | 'remove' | 'change' | 'end';

/** The verbs that begin a tool's name. */
const NAMES: Record<Deed, string> = {
  read: 'list show get find search check look view lookup describe track tell fetch see read query count compare',
  create:
    'book schedule reserve arrange order buy purchase checkout charge transfer create add make register request open send submit place start set pay leave play turn save write report join enrol enroll subscribe log post upload invite donate share',
  remove: 'cancel delete remove drop revoke clear withdraw refund stop unsubscribe',
  change:
    'change update move reschedule edit modify rename replace swap renew extend pause resume block unblock freeze lock unlock activate deactivate enable disable confirm',
  end: 'end hang hangup finish terminate close quit',
};

/** How people ask for it, besides the verb itself. */
const ASKED: Record<Deed, string> = {
  read: 'list show tell find check look see what which when where how who is are do does any have read give know track search',
  create: 'want need like have get take give make put',
  remove: 'cancel delete remove drop scrap undo forget',
  change: 'change update move reschedule modify switch edit swap make',
  end: 'end hang finish close',
};

/** Verbs that people use interchangeably. */
const SAME: readonly string[] = [
  'book schedule reserve arrange',
  'order buy purchase',
  'cancel delete remove scrap',
  'move reschedule postpone',
  'find search look',
  'track follow',
  'send message text',
  'pay settle',
  'renew extend',
  'pause freeze suspend',
  'block lock freeze',
  'join enrol enroll',
];

const DEEDS = Object.keys(NAMES) as Deed[];
const toStems = (words: string): Set<string> => new Set(words.split(' ').map(stem));
const NAME_STEMS = new Map(DEEDS.map((deed) => [deed, toStems(NAMES[deed])]));
const ASKED_STEMS = new Map(DEEDS.map((deed) => [deed, toStems(ASKED[deed])]));

/** The deed that a verb names. */
const namedBy = (verb: string): Deed | undefined =>
  DEEDS.find((deed) => NAME_STEMS.get(deed)?.has(stem(verb)));

/**
 * What a tool does by the verb of its name, or else by the first word of its description ("Sends a message …"). A name
 * that begins as its description does ("polish_shoes": "Polishes shoes.") begins with a verb, known or not, and changes
 * something. Without any of these it reads something.
 */
export function classifyDeed(verb: string, description: string): { deed: Deed; isVerb: boolean } {
  const first = /^[a-z]+/i.exec(description)?.[0].toLowerCase() ?? '';
  const named = namedBy(verb);
  const isDescribed = [verb, `${verb}s`, `${verb}es`, verb.replace(/y$/, 'ies')].includes(first);
  return {
    deed: named ?? namedBy(first) ?? (isDescribed ? 'change' : 'read'),
    isVerb: named !== undefined || isDescribed,
  };
}

/** Easy to undo, so that no question is needed. */
const HARMLESS = new Set(['play', 'turn']);

/** Whether it needs a confirmation before it is done. */
export const isConsequential = (verb: string, deed: Deed): boolean =>
  deed !== 'read' && deed !== 'end' && !HARMLESS.has(verb);

/** 1.5 when the sentence has the tool's own verb or a synonym, 1 for a general way to ask, otherwise 0. */
export function verbStrength(stems: readonly string[], verb: string, deed: Deed): number {
  const own = new Set([
    stem(verb),
    ...SAME.filter((group) => group.split(' ').includes(verb)).flatMap((group) => group.split(' ').map(stem)),
  ]);
  if (stems.some((word) => own.has(word))) return 1.5;
  return stems.some((word) => ASKED_STEMS.get(deed)?.has(word)) ? 1 : 0;
}

/** Any verb that asks for something: it counts as understood when a sentence is scored. */
export const isAskingVerb = (wordStem: string): boolean =>
  DEEDS.some((deed) => NAME_STEMS.get(deed)?.has(wordStem) || ASKED_STEMS.get(deed)?.has(wordStem));
