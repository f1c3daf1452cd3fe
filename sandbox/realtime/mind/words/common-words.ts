import { stem } from './stem.ts';

/** Function words. They neither match a tool nor count as not understood. */
const COMMON = new Set(
  `a an the my me i you your yours we us our it its this that these those there here he she they them his her their
  is are am was were be been being do does did done has have had having will would can could shall should may might must
  to of at on in for by with from into about as and or but so if then than too also not no yes okay ok right well now
  up out off over some any all one ones please thanks thank hi hello hey what which who whom whose when where why how
  want need like get got let lets go going come coming along take give see look know think tell say said ask help
  much many more most very quite still yet only even again back way thing things something anything everything`.split(
    /\s+/,
  ),
);

export const isCommon = (word: string): boolean => COMMON.has(word) || COMMON.has(stem(word));
