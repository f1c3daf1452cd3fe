import type { FullResult, Reporter, Suite, TestCase } from 'playwright/types/testReporter';

/** More tests than these that pass only at the second try are a fault of the suite. */
const SECOND_TRIES_AT_MOST = 3;

/** Ends a run with one plain line: "42 passed, 0 failed", and how many took two tries, were skipped or never ran. */
export default class SummaryReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(): Promise<{ status?: FullResult['status'] }> {
    const secondTries = this.tests().filter((test) => test.outcome() === 'flaky').length;
    return Promise.resolve(secondTries > SECOND_TRIES_AT_MOST ? { status: 'failed' } : {});
  }

  onExit(): Promise<void> {
    const counts = { passed: 0, failed: 0, 'at the second try': 0, skipped: 0, 'not run': 0 };
    for (const test of this.tests()) {
      const outcome = test.outcome();
      if (outcome === 'unexpected') counts.failed += 1;
      else if (outcome === 'flaky') counts['at the second try'] += 1;
      else if (outcome === 'expected') counts.passed += 1;
      else counts[test.results.length > 0 ? 'skipped' : 'not run'] += 1;
    }
    const shown = Object.entries(counts).filter(
      ([name, count]) => count > 0 || /^(passed|failed)$/.test(name),
    );
    console.log(shown.map(([name, count]) => `${count} ${name}`).join(', '));
    return Promise.resolve();
  }

  private tests(): TestCase[] {
    return this.suite?.allTests() ?? [];
  }
}
