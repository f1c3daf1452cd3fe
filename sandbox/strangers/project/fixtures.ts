import {
  type RealtimeTestFixtures,
  type RealtimeWorkerFixtures,
  realtimeFixtures,
} from '@parley/realtime-sandbox/playwright';
import { test as base } from '@playwright/test';

export const test = base.extend<RealtimeTestFixtures, RealtimeWorkerFixtures>(realtimeFixtures);

export const TOOL = {
  name: 'find_slots',
  description: 'Lists the free times on a day.',
  parameters: {
    type: 'object' as const,
    properties: { day: { type: 'string', description: 'The day, such as friday.' } },
    required: ['day'],
    additionalProperties: false,
  },
};
