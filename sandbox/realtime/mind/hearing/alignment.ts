/** Sounds that recognisers confuse. */
const ALIKE = ['pb', 'td', 'kg', 'fv', 'sz', 'SCJsz', 'Tftd', 'mn', 'lrw', 'bvw', 'kt'];
const LETTERS = 'AIUbdfghjklmnprstvwyzSCJT';
const VOWELS = 'AIU';

const exchangeCost = (meant: string, heard: string): number => {
  if (meant === heard) return 0;
  const vowels = [meant, heard].filter((sound) => VOWELS.includes(sound)).length;
  if (vowels === 2) return 0.25;
  if (vowels === 1) return 1.2;
  return ALIKE.some((group) => group.includes(meant) && group.includes(heard)) ? 0.35 : 1;
};

const omissionCost = (sound: string): number => {
  if (VOWELS.includes(sound)) return 0.35;
  if ('hwyr'.includes(sound)) return 0.4;
  return 'nmtdlk'.includes(sound) ? 0.65 : 0.8;
};

/** Tables instead of rules: a sentence is compared with hundreds of others while the user waits. */
const COUNT = LETTERS.length;
const WEIGHT = Float32Array.from(LETTERS, omissionCost);
const EXCHANGE = Float32Array.from(
  [...LETTERS].flatMap((meant) => [...LETTERS].map((heard) => exchangeCost(meant, heard))),
);

/** Sounds as indexes into the tables. */
export type Sounds = Uint8Array<ArrayBuffer>;
export const toSounds = (text: string): Sounds =>
  Uint8Array.from([...text].map((letter) => LETTERS.indexOf(letter)).filter((index) => index >= 0));

/** Cost of omitting these sounds, or of hearing them when they were not said. */
export const weigh = (sounds: Sounds): number => sounds.reduce((sum, sound) => sum + (WEIGHT[sound] ?? 0), 0);

/** For each place of the heard sounds: the cost of reaching it, and the place where the last part began. */
export interface Reach {
  costs: Float32Array;
  from: Uint8Array;
}

/** The costs before any part: everything heard up to a place is surplus. */
export function surplusCosts(heard: Sounds): Float32Array {
  const costs = new Float32Array(heard.length + 1);
  for (let place = 1; place <= heard.length; place++) {
    costs[place] = (costs[place - 1] ?? 0) + (WEIGHT[heard[place - 1] ?? 0] ?? 0);
  }
  return costs;
}

/** Aligns one way of saying a part against the heard sounds, beginning where the parts before it ended. */
export function alignPart(sounds: Sounds, heard: Sounds, before: Float32Array): Reach {
  const places = heard.length + 1;
  let costs = Float32Array.from(before);
  let from = Uint8Array.from({ length: places }, (_, place) => place);
  let nextCosts = new Float32Array(places);
  let nextFrom = new Uint8Array(places);
  for (const meant of sounds) {
    const left = WEIGHT[meant] ?? 0;
    for (let place = 0; place < places; place++) {
      let cost = (costs[place] ?? 0) + left;
      let origin = from[place] ?? 0;
      if (place > 0) {
        const last = heard[place - 1] ?? 0;
        const exchanged = (costs[place - 1] ?? 0) + (EXCHANGE[meant * COUNT + last] ?? 0);
        const surplus = (nextCosts[place - 1] ?? 0) + (WEIGHT[last] ?? 0);
        if (exchanged < cost) {
          cost = exchanged;
          origin = from[place - 1] ?? 0;
        }
        if (surplus < cost) {
          cost = surplus;
          origin = nextFrom[place - 1] ?? 0;
        }
      }
      nextCosts[place] = cost;
      nextFrom[place] = origin;
    }
    [costs, nextCosts] = [nextCosts, costs];
    [from, nextFrom] = [nextFrom, from];
  }
  return { costs, from };
}
