import { config } from 'zod';

// Zod tries whether it may compile code from text. Our content security policy forbids that, and browsers report the
// try as an attack. It must be told before the first schema is used, so this comes before the Agents SDK.
config({ jitless: true });
