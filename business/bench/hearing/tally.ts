import { comparableWords, wordErrors } from './word-error.ts';

/** Counts one group of recordings. */
export class Tally {
  #utterances = 0;
  #words = 0;
  #errors = 0;
  #exact = 0;
  #right = 0;
  #empty = 0;
  #extraTurns = 0;

  /** `isRight`: a request got the required reply, or off-topic speech was refused. */
  add(said: string, heard: string, turns: number, isRight: boolean): void {
    const words = comparableWords(said);
    const errors = wordErrors(words, comparableWords(heard));
    this.#utterances += 1;
    this.#words += words.length;
    this.#errors += errors;
    this.#exact += errors === 0 ? 1 : 0;
    this.#right += isRight ? 1 : 0;
    this.#empty += heard === '' ? 1 : 0;
    this.#extraTurns += Math.abs(turns - 1);
  }

  get wordErrorPercent(): number {
    return (100 * this.#errors) / this.#words;
  }

  get figures(): [name: string, value: number][] {
    return [
      ['recordings', this.#utterances],
      ['word error, %', this.wordErrorPercent],
      ['sentences without error, %', this.#percent(this.#exact)],
      ['nothing heard', this.#empty],
      ['turns too many or too few', this.#extraTurns],
    ];
  }

  get rightPercent(): number {
    return this.#percent(this.#right);
  }

  #percent(count: number): number {
    return (100 * count) / this.#utterances;
  }
}
