import 'server-only';

/** A fault of a bike, and what a mechanic says about it. */
export interface Symptom {
  name: string;
  /** The usual cause, as a clause. */
  cause: string;
  /** What the customer can try first, as a sentence. */
  advice: string;
  /** True: the bike must not be ridden until it is repaired. */
  unsafe: boolean;
  service: string;
}

export const SYMPTOMS = [
  {
    name: 'squeaking brakes',
    cause: 'the pads are dirty or glazed',
    advice: 'Wipe the rims or discs with alcohol, and roughen the pads a little.',
    unsafe: false,
    service: 'brake service',
  },
  {
    name: 'weak brakes',
    cause: 'the pads are worn or the cable has stretched',
    advice: 'Do not ride it like this.',
    unsafe: true,
    service: 'brake service',
  },
  {
    name: 'skipping gears',
    cause: 'the cable has stretched or the chain is worn',
    advice: 'Turn the barrel adjuster half a turn out and try again.',
    unsafe: false,
    service: 'tune-up',
  },
  {
    name: 'slipping chain',
    cause: 'the chain and the sprockets are worn',
    advice: 'Ride gently, and do not stand on the pedals.',
    unsafe: false,
    service: 'full service',
  },
  {
    name: 'flat tyre',
    cause: 'something went through the tyre',
    advice: 'Feel along the inside of the tyre before you fit a new tube.',
    unsafe: true,
    service: 'puncture repair',
  },
  {
    name: 'wobbling wheel',
    cause: 'a spoke is loose or the bearing has play',
    advice: 'Do not ride it before the wheel is checked.',
    unsafe: true,
    service: 'safety check',
  },
  {
    name: 'creaking noise',
    cause: 'a bolt or the bottom bracket is dry',
    advice: 'Check that the seat post and the pedals are tight.',
    unsafe: false,
    service: 'tune-up',
  },
] as const satisfies readonly Symptom[];

export const symptomNames = SYMPTOMS.map(({ name }) => name);
