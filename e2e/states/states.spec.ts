import { clearFaults } from '../attack/server/sandbox-faults.ts';
import { test } from '../fixtures.ts';
import { CALL_STATES } from './call-states.ts';
import { checkState } from './check-state.ts';
import { SETUP_STATES } from './setup-states.ts';

// These tests cause refusals and dropped connections, and browsers report each failed request.
test.describe.configure({ mode: 'parallel' });
test.use({ expectedConsoleErrors: [/Failed to load resource|net::ERR/] });

test.afterEach(clearFaults);

for (const state of [...SETUP_STATES, ...CALL_STATES]) {
  test(`state ${state.name}: one sentence, one way on, one announcement, nothing that axe complains of`, ({
    page,
    signInAsGuest,
  }) => checkState(state, { page, signIn: () => signInAsGuest(page) }));
}
