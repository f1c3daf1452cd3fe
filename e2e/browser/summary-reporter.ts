import type { Reporter, Suite } from 'playwright/types/testReporter';

/** Ends a run with one plain line: "42 passed, 0 failed", and how many were skipped or never ran. */
export default class SummaryReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onExit(): Promise<void> {
    const counts = { passed: 0, failed: 0, skipped: 0, 'not run': 0 };
    for (const test of this.suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === 'unexpected') counts.failed += 1;
      else if (outcome !== 'skipped') counts.passed += 1;
      else counts[test.results.length > 0 ? 'skipped' : 'not run'] += 1;
    }
    const shown = Object.entries(counts).filter(
      ([name, count]) => count > 0 || /^(passed|failed)$/.test(name),
    );
    console.log(shown.map(([name, count]) => `${count} ${name}`).join(', '));
    return Promise.resolve();
  }
}
