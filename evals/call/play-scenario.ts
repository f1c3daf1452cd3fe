import { setTimeout as delay } from 'node:timers/promises';
import type { Voice } from '../caller/voice.ts';
import type { Answer, Scenario, Step } from '../scenario/scenario.ts';
import { agentState, saidSince, type WireEvent } from './call-events.ts';
import type { CallPage } from './call-page.ts';
import type { Act, ApiExchange } from './observed.ts';
import { spentOf } from './spent.ts';
import { sameTool } from './tool-names.ts';

const POLL_MS = 100;
/** Longer than the slowest answer of a real model, and than the 30 s after which a card counts as a no. */
const PATIENCE_MS = 35_000;
const END_PATIENCE_MS = 8_000;
/** How often the caller answers the same question. */
const MOST_ANSWERS = 2;
/** A caller reads a card before they press. */
const READING_MS = 700;

/** Why the conversation cannot go on as the scenario has it. */
export class Stuck extends Error {}

interface Player {
  page: CallPage;
  voice: Voice;
  scenario: Scenario;
  /** What the call may still cost, in micro-USD. */
  budgetMicroUsd: number;
}

export interface Played {
  acts: Act[];
  troubles: string[];
  outOfBudget: boolean;
}

interface Moment {
  nowMs: number;
  events: readonly WireEvent[];
  exchanges: readonly ApiExchange[];
  agent: ReturnType<typeof agentState>;
}

/** Plays the caller of a scenario, from the click on Talk to the end of the call. Never throws: what went wrong is a trouble. */
export async function playScenario(player: Player): Promise<Played> {
  const play = new Play(player);
  try {
    await play.run();
  } catch (error) {
    play.troubles.push(error instanceof Error ? error.message : String(error));
  }
  await play.end();
  return play;
}

class Play implements Played {
  readonly acts: Act[] = [];
  readonly troubles: string[] = [];
  outOfBudget = false;
  readonly #player: Player;
  readonly #answered = new Map<string, number>();
  /** When the caller last did something. */
  #lastMs = 0;
  #heardMs = 0;

  constructor(player: Player) {
    this.#player = player;
  }

  async run(): Promise<void> {
    const { page, scenario, voice } = this.#player;
    await page.talk();
    const noise = voice.noise();
    await this.#until('The call did not begin', () => page.isOpen());
    if (noise !== null) await page.hum(noise);
    const [first] = scenario.steps;
    if (first?.do !== 'interrupt') await this.#listen();
    for (const step of scenario.steps) {
      if (await this.#hasEnded()) throw new Stuck(`The call was over before: ${inWords(step)}.`);
      await this.#take(step);
    }
    await this.#listen();
  }

  /** Hangs up unless the agent has, and waits until the site knows. */
  async end(): Promise<void> {
    const { page, scenario } = this.#player;
    try {
      // After a goodbye the agent hangs up, once its last word is heard.
      if (scenario.expect.ends === 'goodbye' && this.troubles.length === 0) await this.#waitForEnd();
      if (!(await this.#hasEnded())) {
        this.acts.push({ kind: 'hung up', untilMs: (await page.refresh()).nowMs });
        await page.hangUp();
      }
      await this.#waitForEnd();
    } catch (error) {
      this.troubles.push(error instanceof Error ? error.message : String(error));
    }
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'say':
        return this.#say(step.text);
      case 'stay quiet':
        await this.#listen();
        return void (await delay(step.ms));
      case 'interrupt':
        return this.#interrupt(step.text, step.afterMs);
      default:
        return this.#press(step.tool, step.do === 'allow');
    }
  }

  async #say(text: string): Promise<void> {
    await this.#listen();
    await this.#speak(text, await this.#player.voice.say(text), 'silence');
  }

  async #speak(text: string, wav: Buffer, over: 'silence' | 'agent'): Promise<void> {
    const times = await this.#player.page.speak(wav);
    this.acts.push({ kind: 'spoke', text, ...times, over });
    this.#lastMs = times.untilMs;
  }

  async #interrupt(text: string, afterMs: number): Promise<void> {
    const wav = await this.#player.voice.say(text);
    await this.#until(
      'The agent did not begin to speak, so nobody could interrupt it',
      ({ agent, nowMs }) =>
        agent.isSpeaking && agent.spokeAtMs !== null && nowMs - agent.spokeAtMs >= afterMs,
    );
    await this.#speak(text, wav, 'agent');
  }

  /** Waits for the card, and answers what the agent asks before. */
  async #press(tool: string, allowed: boolean): Promise<void> {
    const { page } = this.#player;
    let shownAtMs: number | null = null;
    let title = '';
    await this.#until(`No card asked about ${tool}`, async (moment) => {
      const card = await page.card();
      if (card !== null) {
        shownAtMs = moment.nowMs;
        title = card.title;
        return true;
      }
      const ran = moment.exchanges.find(
        (one) => one.kind === 'tool' && sameTool(moment.exchanges, one.name, tool),
      );
      if (ran !== undefined) throw new Stuck(`${tool} ran, and no card had asked the caller.`);
      await this.#answer(moment);
      return false;
    });
    if (!sameTool((await page.refresh()).exchanges, title, tool))
      throw new Stuck(`The card asks about “${title}”, not about ${tool}.`);
    await this.#pressCard(title, allowed, shownAtMs);
  }

  async #pressCard(title: string, allowed: boolean, shownAtMs: number | null): Promise<void> {
    await delay(READING_MS);
    const untilMs = await this.#player.page.press(allowed);
    this.acts.push({ kind: 'pressed', title, allowed, shownAtMs: shownAtMs ?? untilMs, untilMs });
    this.#lastMs = untilMs;
  }

  /** Presses the same again when a card comes back that the caller has just answered, as people do. */
  async #pressAgain({ nowMs, agent }: Moment): Promise<boolean> {
    const last = this.acts.at(-1);
    if (last?.kind !== 'pressed' || !agent.awaitsTool) return false;
    const card = await this.#player.page.card();
    if (card?.title !== last.title) return false;
    await this.#pressCard(card.title, last.allowed, nowMs);
    return true;
  }

  /** Waits until the agent has answered what the caller did last, and answers its questions meanwhile. */
  async #listen(): Promise<void> {
    if (this.#heardMs > this.#lastMs) return;
    await this.#until('The agent did not answer', async (moment) => {
      if (moment.exchanges.some(({ kind }) => kind === 'end')) return true;
      if ((await this.#pressAgain(moment)) || (await this.#answer(moment))) return false;
      return moment.agent.hasSpoken && !moment.agent.isBusy;
    });
    this.#heardMs = (await this.#player.page.refresh()).nowMs;
  }

  /** Says what the scenario has for the agent's question. Returns false when there was none. */
  async #answer({ agent, events }: Moment): Promise<boolean> {
    if (!agent.hasSpoken || agent.isBusy) return false;
    const question = saidSince(events, this.#lastMs);
    const found = Object.entries(this.#player.scenario.answers).find(
      ([topic, { asked }]) => asked.test(question) && (this.#answered.get(topic) ?? 0) < MOST_ANSWERS,
    );
    if (found === undefined) return false;
    const [topic, answer]: [string, Answer] = found;
    this.#answered.set(topic, (this.#answered.get(topic) ?? 0) + 1);
    await this.#speak(answer.say, await this.#player.voice.say(answer.say), 'silence');
    return true;
  }

  async #waitForEnd(): Promise<void> {
    const from = performance.now();
    while (!(await this.#hasEnded()) && performance.now() - from < END_PATIENCE_MS) await delay(POLL_MS);
  }

  async #hasEnded(): Promise<boolean> {
    return (await this.#player.page.refresh()).exchanges.some(({ kind }) => kind === 'end');
  }

  /** Looks again and again until something is so. Throws `Stuck` when it takes too long, or costs too much. */
  async #until(otherwise: string, isSo: (moment: Moment) => boolean | Promise<boolean>): Promise<void> {
    const { page, scenario, budgetMicroUsd } = this.#player;
    let since = { actMs: this.#lastMs, at: performance.now() };
    for (;;) {
      const { nowMs, events, exchanges } = await page.refresh();
      const refused = exchanges.find((one) => one.kind === 'refused' && one.path.endsWith('/session'));
      if (refused?.kind === 'refused') throw new Stuck(`The site refused the call: ${refused.code}.`);
      if (spentOf(events).microUsd >= budgetMicroUsd) {
        this.outOfBudget = true;
        throw new Stuck('The budget was used up in the middle of the call.');
      }
      if (nowMs > scenario.mostSeconds * 1000)
        throw new Stuck(`${otherwise} within ${scenario.mostSeconds} s of the call.`);
      if (await isSo({ nowMs, events, exchanges, agent: agentState(events, this.#lastMs, nowMs) })) return;
      // An answer to a question of the agent begins a new wait.
      if (since.actMs !== this.#lastMs) since = { actMs: this.#lastMs, at: performance.now() };
      if (performance.now() - since.at > PATIENCE_MS)
        throw new Stuck(`${otherwise} within ${PATIENCE_MS / 1000} s.`);
      await delay(POLL_MS);
    }
  }
}

function inWords(step: Step): string {
  switch (step.do) {
    case 'say':
    case 'interrupt':
      return `“${step.text}”`;
    case 'stay quiet':
      return `${step.ms} ms of silence`;
    default:
      return `${step.do} ${step.tool}`;
  }
}
