#!/usr/bin/env node
// Plain JavaScript, because Node 20 does not run TypeScript: registers the loader, then runs the program.
import 'jiti/register';

await import('./main.ts');
