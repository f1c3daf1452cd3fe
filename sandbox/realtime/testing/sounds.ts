import type { Pcm48k } from '../media/interfaces.ts';

const RATE = 48_000;
const TAU = 2 * Math.PI;

/** A value for each moment, in seconds. */
type Wave = (seconds: number) => number;

/** Noise from -1 to 1 that is the same in every run. */
function noise(seed: number): () => number {
  let state = seed * 7_919 + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
}

const render = (seconds: number, wave: Wave): Pcm48k =>
  Int16Array.from({ length: Math.round(seconds * RATE) }, (_, index) =>
    Math.max(-32_767, Math.min(32_767, Math.round(32_767 * wave(index / RATE)))),
  );

const sine = (hertz: number, seconds: number): number => Math.sin(TAU * hertz * seconds);
const square = (hertz: number, seconds: number): number => Math.sign(sine(hertz, seconds));

/** The first harmonics of a tone, each quieter by `fall`. */
function harmonics(hertz: number, seconds: number, count: number, fall: number): number {
  let sum = 0;
  for (let number = 1; number <= count; number++) sum += sine(hertz * number, seconds) * fall ** (number - 1);
  return sum * (1 - fall);
}

/** Rises in `rise` and falls off by half every `half` seconds. */
const pluck = (since: number, rise: number, half: number): number =>
  since < 0 ? 0 : Math.min(1, since / rise) * 0.5 ** (since / half);

/** On and off, without a click. */
const pulse = (seconds: number, every: number, on: number): number => {
  const since = seconds % every;
  return Math.max(0, Math.min(1, since / 0.004, (on - since) / 0.004));
};

/** Two poles at a frequency: gives noise the colour of a hollow, such as a mouth or a table. */
function resonator(hertz: number, bandwidth: number): (input: number) => number {
  const radius = Math.exp((-Math.PI * bandwidth) / RATE);
  const turn = 2 * radius * Math.cos((TAU * hertz) / RATE);
  let [one, two] = [0, 0];
  return (input) => {
    const output = input * (1 - radius) + turn * one - radius * radius * two;
    [two, one] = [one, output];
    return output;
  };
}

type Sounds = readonly (readonly [name: string, make: () => Pcm48k])[];

const beeps: Sounds = [
  ['Chromium’s fake microphone', () => render(3, (t) => square(400, t) * (t % 0.5 < 0.02 ? 1 : 0))],
  ...[350, 440, 620, 800, 1_000, 1_760].map(
    (hertz) =>
      [`a beep of ${hertz} Hz`, () => render(3, (t) => 0.4 * sine(hertz, t) * pulse(t, 0.7, 0.25))] as const,
  ),
  ['a square alarm', () => render(3, (t) => 0.3 * square(880, t) * pulse(t, 0.4, 0.2))],
  ['a long tone', () => render(3, (t) => 0.4 * sine(500, t) * pulse(t, 4, 2.5))],
  ['a dial tone', () => render(3, (t) => 0.2 * (sine(350, t) + sine(440, t)))],
  ['a ring tone', () => render(3, (t) => 0.25 * (sine(440, t) + sine(480, t)) * pulse(t, 1.5, 0.8))],
  [
    'dialled digits',
    () =>
      render(3, (t) => {
        const row = [697, 770, 852, 941][Math.floor(t / 0.3) % 4] ?? 697;
        const column = [1_209, 1_336, 1_477][Math.floor(t / 0.3) % 3] ?? 1_209;
        return 0.25 * (sine(row, t) + sine(column, t)) * pulse(t, 0.3, 0.15);
      }),
  ],
  ['a siren', () => render(3, (t) => 0.4 * Math.sin(TAU * 700 * t + 60 * Math.sin(TAU * 0.8 * t)))],
  [
    'two-tone chime',
    () => render(3, (t) => 0.4 * sine(t % 1 < 0.4 ? 660 : 523, t) * pluck(t % 1, 0.01, 0.3)),
  ],
  ['a falling sweep', () => render(3, (t) => 0.4 * Math.sin(TAU * (1_200 * (t % 1) - 400 * (t % 1) ** 2)))],
];

const SCALE = [0, 2, 4, 5, 7, 9, 11, 12, 9, 7, 4, 2];
const note = (step: number): number => 2 ** (step / 12);

function melody(base: number, tempo: number, count: number, fall: number, half: number): Wave {
  return (t) => {
    const index = Math.floor(t / tempo);
    const hertz = base * note(SCALE[index % SCALE.length] ?? 0);
    return 0.5 * harmonics(hertz, t, count, fall) * pluck(t % tempo, 0.008, half);
  };
}

function chords(base: number, seconds: number, count: number, fall: number, vibrato: number): Wave {
  return (t) => {
    const root = base * note([0, 5, 7, 0][Math.floor(t / seconds) % 4] ?? 0);
    const bent = t + vibrato * Math.sin(TAU * 5 * t);
    return [0, 4, 7].reduce((sum, step) => sum + 0.2 * harmonics(root * note(step), bent, count, fall), 0);
  };
}

function drums(seed: number, beat: number): () => Pcm48k {
  return () => {
    const random = noise(seed);
    return render(3, (t) => {
      const [kick, snare] = [t % (2 * beat), (t + beat) % (2 * beat)];
      return (
        0.6 * sine(110 * 0.5 ** (kick * 8), kick) * pluck(kick, 0.002, 0.06) +
        0.35 * random() * pluck(snare, 0.001, 0.05) +
        0.12 * random() * pluck(t % (beat / 2), 0.001, 0.015)
      );
    });
  };
}

const music: Sounds = [
  ['a piano melody', () => render(3, melody(262, 0.3, 8, 0.55, 0.15))],
  ['a low piano melody', () => render(3, melody(131, 0.4, 12, 0.6, 0.2))],
  ['a music box', () => render(3, melody(1_047, 0.2, 4, 0.3, 0.12))],
  ['a flute', () => render(3, melody(523, 0.5, 3, 0.25, 2))],
  ['a guitar', () => render(3, melody(196, 0.25, 15, 0.75, 0.12))],
  ['a bass', () => render(3, melody(65, 0.35, 10, 0.6, 0.25))],
  ['an organ', () => render(3, chords(196, 0.75, 8, 0.6, 0))],
  ['strings', () => render(3, chords(220, 1, 12, 0.7, 0.000_5))],
  ['a pad', () => render(3, chords(130, 1.5, 6, 0.5, 0.000_2))],
  ['a choir-like synth', () => render(3, chords(175, 1, 16, 0.8, 0.000_4))],
  ['an arpeggio', () => render(3, melody(330, 0.12, 6, 0.5, 0.08))],
  ['a drum loop', drums(3, 0.3)],
  ['a fast drum loop', drums(4, 0.17)],
  [
    'drums and bass',
    () => {
      const [beat, bass] = [drums(5, 0.28)(), render(3, melody(82, 0.28, 8, 0.6, 0.2))];
      return beat.map((sample, index) => Math.round(0.6 * sample + 0.5 * (bass[index] ?? 0)));
    },
  ],
  [
    'a song without words',
    () => {
      const [lead, low] = [render(3, melody(392, 0.3, 7, 0.5, 0.3)), render(3, chords(98, 0.6, 8, 0.6, 0))];
      return lead.map((sample, index) => Math.round(0.5 * sample + 0.5 * (low[index] ?? 0)));
    },
  ],
];

/** Air through a mouth: noise, coloured, that swells and fades. */
function breath(seed: number, hertz: number, bandwidth: number, period: number, loudness: number) {
  return (): Pcm48k => {
    const [random, mouth, throat] = [noise(seed), resonator(hertz, bandwidth), resonator(hertz * 2.6, 1_200)];
    return render(3, (t) => {
      const phase = (t % period) / period;
      const swell = Math.sin(Math.PI * Math.min(1, phase / 0.7)) ** 2;
      const air = random();
      return loudness * swell * (mouth(air) + 0.5 * throat(air));
    });
  };
}

const breathing: Sounds = [
  ...[500, 700, 900, 1_200, 1_600].map(
    (hertz, index) => [`breathing near ${hertz} Hz`, breath(index + 20, hertz, 400, 1.4, 1.2)] as const,
  ),
  ['quick breathing', breath(31, 800, 600, 0.6, 1.2)],
  ['heavy breathing', breath(32, 600, 300, 1, 3)],
  ['a long sigh', breath(33, 900, 500, 2.8, 2)],
  ['blowing into the microphone', breath(34, 200, 200, 1.5, 4)],
  [
    'snoring',
    () => {
      const [random, nose] = [noise(35), resonator(250, 150)];
      return render(3, (t) => {
        const flutter = 0.5 + 0.5 * square(28, t);
        return 3 * nose(random()) * flutter * Math.sin((Math.PI * (t % 1.5)) / 1.5) ** 2;
      });
    },
  ],
  [
    'coughs',
    () => {
      const [random, throat] = [noise(36), resonator(900, 900)];
      return render(3, (t) => 2 * throat(random()) * pluck(t % 0.8, 0.01, 0.06));
    },
  ],
  [
    'a sneeze',
    () => {
      const random = noise(37);
      return render(3, (t) => 0.5 * random() * (pluck(t - 0.8, 0.25, 0.04) + pluck(t - 1.1, 0.004, 0.1)));
    },
  ],
];

/** Keys: irregular clicks, each a knock of the desk and a snap of plastic. */
function keys(seed: number, every: number, desk: number, loudness: number) {
  return (): Pcm48k => {
    const random = noise(seed);
    const strokes: number[] = [];
    for (let at = 0.3; at < 3; at += every * (1 + 0.6 * random())) strokes.push(at);
    const snap = noise(seed + 1);
    return render(3, (t) =>
      strokes.reduce((sum, at) => {
        const since = t - at;
        if (since < 0 || since > 0.15) return sum;
        return (
          sum +
          loudness *
            (0.6 * sine(desk, since) * pluck(since, 0.001, 0.012) +
              0.4 * snap() * pluck(since, 0.000_3, 0.003))
        );
      }, 0),
    );
  };
}

const keyboards: Sounds = [
  ...[0.09, 0.13, 0.18, 0.25, 0.4].map(
    (every, index) =>
      [`typing, a key every ${every} s`, keys(index + 50, every, 180 + 60 * index, 0.5)] as const,
  ),
  ['loud typing', keys(60, 0.15, 300, 0.95)],
  ['a mechanical keyboard', keys(61, 0.12, 2_200, 0.6)],
  ['mouse clicks', keys(62, 0.6, 3_500, 0.5)],
  ['knocks on a door', keys(63, 0.35, 120, 0.95)],
  [
    'paper',
    () => {
      const [random, slow] = [noise(64), noise(65)];
      let level = 0;
      return render(3, () => {
        level += 0.002 * (Math.abs(slow()) - level);
        return 0.5 * random() * level;
      });
    },
  ],
];

const rooms: Sounds = [
  [
    'white noise',
    () => {
      const random = noise(70);
      return render(3, () => 0.2 * random());
    },
  ],
  ['mains hum', () => render(3, (t) => 0.3 * harmonics(50, t, 6, 0.5))],
  [
    'a fan',
    () => {
      const [random, low] = [noise(71), resonator(160, 120)];
      return render(3, (t) => 2 * low(random()) + 0.05 * sine(97, t));
    },
  ],
  [
    'rain',
    () => {
      const [random, when] = [noise(75), noise(76)];
      let drop = 0;
      return render(3, () => {
        drop = when() > 0.9995 ? 1 : drop * 0.998;
        return random() * (0.05 + 0.3 * drop);
      });
    },
  ],
  [
    'water',
    () => {
      const [random, drops] = [noise(72), resonator(1_400, 900)];
      return render(3, (t) => drops(random()) * (1 + 0.8 * Math.sin(TAU * 3 * t)));
    },
  ],
  [
    'a door slam',
    () => {
      const random = noise(73);
      return render(3, (t) => 0.9 * random() * pluck(t - 0.8, 0.002, 0.06));
    },
  ],
  [
    'a glass',
    () => render(3, (t) => 0.4 * (sine(2_300, t) + 0.5 * sine(5_700, t)) * pluck(t % 1.1, 0.001, 0.15)),
  ],
  [
    'claps',
    () => {
      const [random, hands] = [noise(74), resonator(1_100, 600)];
      return render(3, (t) => 4 * hands(random()) * pluck(t % 0.45, 0.001, 0.012));
    },
  ],
];

/** Sounds of rooms, devices and people who do not speak. Made here, so that no recording is needed. */
export const SOUNDS_WITHOUT_WORDS: Sounds = [...beeps, ...music, ...breathing, ...keyboards, ...rooms];
