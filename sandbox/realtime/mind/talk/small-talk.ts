import { findSpan } from '../words/span.ts';

/** What people say in any conversation, whatever the business. */
export type SmallTalk =
  | 'goodbye'
  | 'thanks'
  | 'hello'
  | 'how_are_you'
  | 'help'
  | 'who_are_you'
  | 'repeat'
  | 'never_mind'
  | 'yes'
  | 'no'
  | 'nothing_else';

/** Whole sentences: anything more in them is not small talk. */
const SENTENCES: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    'goodbye',
    /\b(?:goodbye|bye|(?<!\b(?:i|we|to|and) )see you|have a (?:good|nice) (?:day|one|evening)|farewell|(?<!\bnot )(?:hang up|end the call)|talk to you later)\b/,
  ],
  [
    'never_mind',
    /^(?:no )?(?:never ?mind|nevermind|forget (?:it|that|about it)|stop|leave it|cancel (?:that|it)|do not bother|drop it|scratch that|skip it|not now)$/,
  ],
  [
    'nothing_else',
    /^(?:no )?(?:thanks |thank you )?(?:that is (?:all|it|everything|fine)|nothing(?: else)?|i am (?:good|fine|done)|no more)(?: thanks| thank you| for (?:now|today))*$/,
  ],
  [
    'repeat',
    /\b(?:say (?:that|it) again|repeat (?:that|it|please)?|once more|come again|pardon(?: me)?|what did you say|did not (?:catch|hear|get) (?:that|you))\b|^(?:pardon|sorry|what|excuse me|again|repeat)$/,
  ],
  [
    'help',
    /\b(?:what can (?:you|i) (?:do|say|ask)|how (?:can|do) (?:you|i) (?:help|use|do this)|what (?:are|is) (?:my|the) options|help me(?: out)?|i need help|how does this work|what do i (?:say|do))\b|^(?:help|options|menu)$/,
  ],
  [
    'who_are_you',
    /\b(?:who are you|what are you(?= (?:called|exactly|then)\b|$)|are you (?:an? )?(?:real|human|robot|person|ai|machine|bot|computer|chatgpt|gpt|openai|open ai)|am i (?:talking|speaking) (?:to|with)|what is your name|is this (?:openai|open ai|chatgpt|real))\b/,
  ],
  ['how_are_you', /\bhow are you\b|\bhow is it going\b|^(?:what is up|you all right)$/],
  [
    'thanks',
    /^(?:(?:ok|okay|great|perfect|lovely|good|cool|brilliant|wonderful|all right|that is|very|much|many|so|a lot|for that|for your help|you|ever) )*(?:thanks|thank you|cheers|thank)(?: (?:so|very|much|a lot|for|that|your|help|you|there|all right|great|then|again))*$/,
  ],
  [
    'hello',
    /^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|howdy|greetings|yo)(?: (?:there|again|hello|hi|everyone|you|\p{L}+))?)$/u,
  ],
  [
    'yes',
    /^(?:yes|yeah|yep|yup|ya|sure|ok|okay|of course|absolutely|definitely|certainly|please do|do it|go ahead|that is right|right|correct|exactly|all right|fine|sounds good|that works|perfect|great|good|book it|yes that is right|i do|it is|confirm|confirmed|indeed)(?: (?:yes|please|thanks|thank you|do|that is right|do it|go ahead|sure|ok|okay|of course|book it|sounds good|that works|great|fine))*$/,
  ],
  [
    'no',
    /^(?:no|nope|nah|no thanks|no thank you|not really|do not|i do not|wrong|that is wrong|not that|no way)(?: (?:no|thanks|thank you|it is not|not that|that is wrong|wrong|i do not|do not))*$/,
  ],
];

/** Which small talk a sentence is, if it is nothing else. `name` is the agent's: "thank you, Gino". */
export function smallTalkIn(words: readonly string[], name: string | null): SmallTalk | null {
  const addressed = withoutName(words, name);
  return SENTENCES.find(([, pattern]) => findSpan(addressed, pattern))?.[0] ?? null;
}

/** The sentence without a greeting or a yes in front: "hello Gino, what is free on friday". */
export function withoutLeadIn(words: readonly string[], name: string | null): string[] {
  const leadIn = LEAD_IN.exec(withoutName(words, name).join(' '))?.[0].trimEnd();
  return leadIn === undefined ? [...words] : words.slice(leadIn.split(' ').length);
}

/** In "hello Gino", the name counts as "there". */
const withoutName = (words: readonly string[], name: string | null): string[] =>
  words.map((word) => (word === name?.toLowerCase() ? 'there' : word));

const LEAD_IN =
  /^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|there|yes|yeah|ok|okay|well|so|right|great|perfect|thanks|thank you|excuse me|sorry|all right|and|then|cool|alright|sure) )+/;
