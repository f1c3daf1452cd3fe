type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Deep merge as in `session.update`: objects merge, everything else (arrays, null) replaces. An object of
 * another `type` replaces too, so that no field of the old kind survives.
 */
function mergeObjects(base: Json, patch: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const before = base[key];
    merged[key] =
      isObject(before) && isObject(value) && before.type === value.type ? mergeObjects(before, value) : value;
  }
  return merged;
}

/** A new object; `base` stays as it was. Both sides were validated, so the result has the base's shape. */
export function merge<T extends object>(base: T, patch: object): T {
  return structuredClone(mergeObjects(base as Json, patch as Json)) as T;
}
