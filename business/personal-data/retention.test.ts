import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bookAppointment } from '@/business/shop/diary/appointments';
import { readCustomerFile } from '@/business/shop/diary/customer-file';
import { calendarExpiresAt, shopKeys } from '@/business/shop/diary/shop-keys';
import { SERVICES } from '@/business/shop/services';
import { addDays, wallClock } from '@/business/shop/shop-clock';
import { mondayFor, newVisit } from '@/business/testing/visit';
import { readRetentionTable } from '@/lib/server/testing/retention-table';

const table = readRetentionTable(fileURLToPath(new URL('./README.md', import.meta.url)));
const rowOf = (key: string) => table.find(({ keys }) => keys.test(key));

test.each(['guest', 'user'] as const)(
  'what is stored of a %s lives as long as the table says',
  async (role) => {
    const visit = newVisit(mondayFor(`retention of a ${role}`), role);
    await readCustomerFile(visit);
    for (const key of [shopKeys.appointments(visit.user.id), shopKeys.repairs(visit.user.id)]) {
      const row = rowOf(key);
      const seconds = role === 'guest' ? row?.guestSeconds : row?.seconds;
      const ttl = await visit.redis.ttl(key);
      expect(ttl, key).toBeLessThanOrEqual(seconds ?? 0);
      expect(ttl, key).toBeGreaterThan((seconds ?? 0) * 0.99);
    }
  },
);

test('a booking leaves no other key, and the calendar of its day expires two days after it', async () => {
  const network = 'network-of-retention';
  const visit = newVisit(mondayFor('retention of a booking'), 'guest', network);
  const day = addDays(wallClock(visit.now, visit.timeZone).day, 1);
  const [service] = SERVICES;
  if (service === undefined) throw new Error('The shop offers nothing.');
  await bookAppointment(visit, service, { day, minutes: 10 * 60 });
  for (const key of await visit.redis.keys('shop:*')) expect(rowOf(key), key).toBeDefined();
  const nowSeconds = Date.now() / 1000;
  for (const key of [shopKeys.calendar(day), shopKeys.guestBookings(network)]) {
    const expiresAt = nowSeconds + (await visit.redis.ttl(key));
    expect(Math.abs(expiresAt - calendarExpiresAt(day)), key).toBeLessThan(60);
  }
});
