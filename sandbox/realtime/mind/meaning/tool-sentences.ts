import { requestPhrases } from '../hearing/sentences.ts';
import type { Phrasebook } from '../phrasebook.ts';
import { OPENING_HOURS_SENTENCES } from '../talk/opening-hours.ts';
import { withArticle } from '../talk/suggestions.ts';
import { toLabel } from '../tools/slots.ts';
import type { ToolProfile } from '../tools/tool-profile.ts';

/** Stand for the values that a sentence may name. */
const SAMPLES: Readonly<Record<string, string>> = { day: 'friday', time: 'ten', number: 'two' };

/** Sentences that ask for a tool: its phrases, and what its name and its description tell. */
export function sentencesFor(tool: ToolProfile, phrases: Phrasebook): string[] {
  const { examples = [], alike = [] } = phrases.tools[tool.name] ?? {};
  const patterns = requestPhrases(tool, phrases).flatMap((phrase) => [
    spell(phrase, tool, 0, true),
    spell(phrase, tool, 1, false),
  ]);
  return [
    ...new Set([
      ...examples,
      ...alike,
      ...patterns,
      ...byName(tool),
      ...byDescription(tool),
      ...(tool.asks.length > 0 ? [] : byChoices(tool)),
    ]),
  ];
}

/** All that a session tells of a tool. */
export const describe = ({ name, description, slots }: ToolProfile): string =>
  [
    toLabel(name),
    description,
    ...slots.flatMap(({ label, description: told, choices }) => [label, told, ...choices]),
  ].join(' ');

/** Sentences that ask when the place is open. */
export const ASKING_OPENING_HOURS: readonly string[] = [
  ...OPENING_HOURS_SENTENCES.map((sentence) => sentence.replace('{day}', 'friday')),
  'how late are you open on saturday',
  'until when are you there today',
  'which days are you closed',
  'are you open on sundays',
  'are you there on public holidays',
  'is the place shut today',
  'when does it open in the morning',
];

/** "can|could i book (a) {service}" → "can i book a tune-up", or "could i book safety check". */
function spell(phrase: string, { slots }: ToolProfile, turn: number, full: boolean): string {
  const words = phrase.split(' ').filter((word) => full || !word.startsWith('('));
  return words
    .map((word) => {
      const choices = word.replaceAll(/[()]/g, '').split('|');
      return (choices[turn] ?? choices[0] ?? '').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const slot = slots.find((one) => one.name === name);
        return slot?.choices[turn] ?? slot?.choices[0] ?? SAMPLES[slot?.kind ?? name] ?? 'it';
      });
    })
    .join(' ');
}

/**
 * Ways to ask for what tools do, by the verb of their name; `_` is their object. What no verb names is asked for by its deed.
 * The last ways are vague: they stand for a tool only where no phrases say better how people ask for it.
 */
const WAYS: readonly (readonly [verbs: string, ways: string, vague?: string])[] = [
  [
    'book schedule reserve arrange',
    'i would like a _|i need a _ for friday|can i get a _ at ten|put me down for a _|could you keep a _ for me|please reserve a _|i would like to come on friday|is it possible to have a _ tomorrow',
    'put me down for friday at ten|could the four of us come on saturday',
  ],
  [
    'order buy purchase request',
    'i would like a _|could you bring me a _|can we have a _|please send me a _|i am out of _ and need more|get me some _',
  ],
  [
    'cancel delete remove drop revoke withdraw',
    'i can not make it to my _|i do not need my _ any more|please call off my _|i have to pull out of my _|get rid of my _|something came up so no _ for me|take my _ out',
    'we will not be coming after all|i can not come on friday|please take my name off the list',
  ],
  [
    'change update move reschedule edit modify renew extend',
    'can i have my _ longer|i need more time with my _|i need another _|my _ is running out|could my _ be at another time|put my _ off',
    'can i keep it longer|i need two more weeks with it',
  ],
  [
    'pay settle',
    'i want to settle my _|i would like to take care of my _|what do i owe for my _|let me pay what i owe',
  ],
  [
    'find search lookup look',
    'do you have a _ on friday|is there a _ free tomorrow|i am looking for a _|do you have anything about it|which _ is the nearest|where can i find a _|when is the next _',
    'have you got anything left tomorrow|what is on this friday',
  ],
  [
    'list show',
    'which _ do i have|what are my _|when are my _|which _ have i had|remind me of my _|what have i got',
  ],
  [
    'get check track view tell read',
    'what is my _|how is my _|is my _ there yet|did my _ come back|what does my _ say|any news about my _|how much is my _|where is my _',
  ],
  [
    'report',
    'my _ is broken|something does not work here|there is no _ here|something is missing|i want to complain about a _',
    'it is broken|it is not working|it does not start|it makes a terrible noise|there are none left here',
  ],
  [
    'block stop freeze',
    'i lost my _|somebody stole my _|my _ is gone|please lock my _',
    'my wallet was stolen',
  ],
  ['send transfer', 'please send _ to anna|i want to give _ to my brother|pass on my _'],
  [
    'speak talk connect',
    'put me through to a _|i want to talk to a real person|can i have a word with somebody|connect me with your _|i would rather speak to a human',
  ],
  ['set start', 'please _ me at seven|i would like a _|can i have a _ for tomorrow|do not forget my _'],
];

function byName({ deed, verb, name, object, asks }: ToolProfile): string[] {
  if (object === '') return [];
  const one = withArticle(object);
  const [first = ''] = name.split('_');
  const special = WAYS.filter(([verbs]) => verbs.split(' ').includes(first)).flatMap(([, ways, vague]) =>
    (vague === undefined || asks.length > 0 ? ways : `${ways}|${vague}`).split('|'),
  );
  const hours = /\b(?:hours|opening)\b/.test(object) ? ASKING_OPENING_HOURS : [];
  const general =
    deed === 'read'
      ? [
          'what is the _',
          'what are my _',
          'tell me about the _',
          'i have a question about the _',
          'is there any _',
        ]
      : [
          `i would like to ${verb} a _`,
          `i want to ${verb} my _`,
          `can you ${verb} my _`,
          `i need to ${verb} a _`,
        ];
  return [...hours, ...[...special, ...general].map((way) => way.replace('a _', one).replace('_', object))];
}

/** "Reports what is broken." → "i want to report what is broken", "what is broken". */
function byDescription({ deed, description }: ToolProfile): string[] {
  const [sentence = ''] = description.split(/(?<=[.!?])\s+/);
  const told = asCaller(sentence.replace(/[.!?]$/, '').toLowerCase());
  if (told === '') return [];
  const [first = '', ...rest] = told.split(' ');
  if (deed === 'read' || !first.endsWith('s')) {
    return [told, `i would like to know ${told}`, `can you tell me ${told}`];
  }
  const thing = rest.join(' ');
  const verb = first.replace(/(?<=sh|ch|ss)es$|(?<!s)s$/, '');
  return [
    told,
    thing,
    `there is ${thing}`,
    ...['i want to', 'could you', 'i need you to'].map((start) => `${start} ${verb} ${thing}`),
  ];
}

/** Enough to tell what kind of thing they are. */
const MOST_CHOICES = 4;

/** What a tool without phrases has to choose from: "which desserts do you have", "join yoga". */
function byChoices({ deed, verb, slots }: ToolProfile): string[] {
  return slots.flatMap(({ choices }) =>
    choices
      .slice(0, MOST_CHOICES)
      .flatMap((choice) =>
        deed === 'read'
          ? [`do you have ${choice}`, `which ${choice} do you have`, `what does ${choice} cost`]
          : [`i would like to ${verb} ${choice}`, `can you ${verb} ${choice} for me`],
      ),
  );
}

/** "The bill of the guest" → "the bill of mine". */
const asCaller = (text: string): string =>
  text
    .replaceAll(new RegExp(`\\bthe ${CALLER}'s(?: own)?\\b`, 'g'), 'my')
    .replaceAll(new RegExp(`\\bof the ${CALLER}\\b`, 'g'), 'of mine')
    .replaceAll(new RegExp(`\\b(for|to) the ${CALLER}\\b`, 'g'), '$1 me')
    .replaceAll(new RegExp(`\\bthe ${CALLER} has\\b`, 'g'), 'i have')
    .replaceAll(new RegExp(`\\bthe ${CALLER}\\b`, 'g'), 'i');

const CALLER = '(?:caller|customer|guest|visitor|member|user|patient|client)';
