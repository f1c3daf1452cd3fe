import { test } from '../fixtures.ts';
import { checkState } from '../states/check-state.ts';
import { SHOP_STATES } from './shop-states.ts';

test.describe.configure({ mode: 'parallel' });

for (const state of SHOP_STATES) {
  test(`state ${state.name}: one sentence, one way on, one announcement, nothing that axe complains of`, ({
    page,
    signInAsGuest,
  }) => checkState(state, { page, signIn: () => signInAsGuest(page) }));
}
