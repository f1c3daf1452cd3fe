import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endProgram } from '../browser/end-program.ts';
import { AUDIBLE_RMS } from '../browser/page-recorder.ts';
import { findRecording } from '../speech/recordings.ts';

const READY_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 5_000;
const SAMPLE_RATE = 16_000;
const WINDOW_MS = 10;
const WINDOW_SAMPLES = (SAMPLE_RATE * WINDOW_MS) / 1000;
const BYTES_PER_SAMPLE = 2;
const LARGEST_SAMPLE = 32_768;

/** What is played to `mouth` is what the microphone hears; a monitor alone is not offered as a microphone. */
const devices = (socket: string) => `
load-module module-native-protocol-unix socket=${socket} auth-anonymous=1
load-module module-null-sink sink_name=loudspeaker
load-module module-null-sink sink_name=mouth
load-module module-remap-source master=mouth.monitor source_name=microphone
set-default-sink loudspeaker
set-default-source microphone
`;

/** What a {@link SoundCard} needs. */
export const SOUND_PROGRAMS = ['pulseaudio', 'paplay', 'parec'] as const;

/**
 * A sound card without a sound: a PulseAudio server of our own. A browser that uses it opens a real microphone and
 * plays to a real loudspeaker, through its own echo cancellation, and nothing is injected into the page. Without any
 * device Firefox keeps every AudioContext suspended.
 */
export class SoundCard {
  /** For `PULSE_SERVER`. */
  readonly address: string;
  readonly #folder: string;
  readonly #programs: ChildProcess[] = [];
  /** When each window of 10 ms ended in which the loudspeaker was audible, in milliseconds of `Date.now()`. */
  readonly #audibleAtMs: number[] = [];
  #unread = Buffer.alloc(0);

  /** Starts the server, and listens to its loudspeaker. Throws when it is not there within 10 s. */
  static async start(): Promise<SoundCard> {
    const card = new SoundCard();
    await card.#open();
    return card;
  }

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'parley-sound-'));
    this.address = `unix:${join(this.#folder, 'socket')}`;
  }

  async #open(): Promise<void> {
    const socket = join(this.#folder, 'socket');
    const script = join(this.#folder, 'devices.pa');
    writeFileSync(script, devices(socket));
    const options = ['--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--disallow-exit=yes'];
    this.#run('pulseaudio', ['-n', ...options, '--log-level=error', '-F', script]);
    const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
    while (!existsSync(socket)) await delay(50, undefined, { signal: giveUp });
    const format = ['--format=s16le', '--channels=1', `--rate=${SAMPLE_RATE}`, `--latency-msec=${WINDOW_MS}`];
    const ear = this.#run('parec', ['--device=loudspeaker.monitor', ...format]);
    ear.stdout?.on('data', (chunk: Buffer) => this.#hear(chunk));
  }

  #run(program: string, options: readonly string[]): ChildProcess {
    const child = spawn(program, options, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        HOME: this.#folder,
        XDG_RUNTIME_DIR: this.#folder,
        PULSE_SERVER: this.address,
      },
    });
    this.#programs.push(child);
    return child;
  }

  #hear(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#unread, chunk]);
    const windowBytes = WINDOW_SAMPLES * BYTES_PER_SAMPLE;
    const endedAtMs = Date.now();
    let offset = 0;
    for (; offset + windowBytes <= bytes.length; offset += windowBytes) {
      let power = 0;
      for (let at = offset; at < offset + windowBytes; at += BYTES_PER_SAMPLE) {
        power += (bytes.readInt16LE(at) / LARGEST_SAMPLE) ** 2;
      }
      if (Math.sqrt(power / WINDOW_SAMPLES) > AUDIBLE_RMS) this.#audibleAtMs.push(endedAtMs);
    }
    this.#unread = bytes.subarray(offset);
  }

  /** Returns for how many milliseconds the loudspeaker was audible between two moments of `Date.now()`. */
  audibleMs(fromMs: number, toMs = Number.POSITIVE_INFINITY): number {
    return this.#audibleAtMs.filter((atMs) => atMs > fromMs && atMs <= toMs).length * WINDOW_MS;
  }

  /** Speaks a recording of `e2e/speech` into the microphone. Resolves at its end. */
  async say(recording: string): Promise<void> {
    const [code] = await once(this.#run('paplay', ['--device=mouth', findRecording(recording)]), 'exit');
    if (code !== 0) throw new Error(`paplay ended with ${code}.`);
  }

  async stop(): Promise<void> {
    for (const program of this.#programs.reverse()) await endProgram(program, STOP_WITHIN_MS);
    rmSync(this.#folder, { recursive: true });
  }
}
