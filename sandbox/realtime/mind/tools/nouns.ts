import { stem } from '../words/stem.ts';

/** Things with more than one name, whatever the business. */
const SAME: readonly string[] = [
  'appointment booking reservation visit',
  'slot time opening availability space free available',
  'service offer price cost repair',
  'status progress ready done finished far',
  'order purchase delivery',
  'hours hour opening open close closing',
  'menu dishes food card',
  'store shop branch location',
  'price cost much',
];

const GROUPS = SAME.map((group) => new Set(group.split(' ').map(stem)));

/** Whether one of the words names this thing. */
export const namesThing = (stems: readonly string[], thing: string): boolean =>
  stems.some((word) => word === thing || GROUPS.some((group) => group.has(thing) && group.has(word)));
