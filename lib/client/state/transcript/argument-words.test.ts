import { expect, it } from 'vitest';
import { argumentsInWords, humanise } from '@/lib/client/state/transcript/argument-words';

it.each([
  ['service', 'Service'],
  ['customer_name', 'Customer name'],
  ['pickupDay', 'Pickup day'],
  ['parcel-id', 'Parcel id'],
  ['', ''],
])('humanise(%j) is %j', (key, expected) => {
  expect(humanise(key)).toBe(expected);
});

it('writes arguments as lines and leaves out those without a value', () => {
  const args = {
    item: 'parcel ',
    urgent: true,
    count: 2,
    days: ['Friday', 'Monday'],
    contact: { name: 'Ada' },
    note: '',
    end: null,
  };
  expect(argumentsInWords(args)).toEqual([
    { label: 'Item', value: 'parcel' },
    { label: 'Urgent', value: 'yes' },
    { label: 'Count', value: '2' },
    { label: 'Days', value: 'Friday, Monday' },
    { label: 'Contact', value: 'Name Ada' },
  ]);
});
