// `npm run doctor`: says what is wrong with this site, and what cures it.
// Plain JavaScript, because the server's modules need the paths of tsconfig.json, and `server-only` a stand-in.
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { createJiti } from 'jiti';

const directory = fileURLToPath(new URL('..', import.meta.url));
const isDevelopment = process.env.NODE_ENV !== 'production';
nextEnv.loadEnvConfig(directory, isDevelopment, { info() {}, error: console.error });
process.env.LOG_LEVEL = 'silent';

const jiti = createJiti(import.meta.url, { tsconfigPaths: true, virtualModules: { 'server-only': {} } });
const { doctor } = await jiti.import('./doctor.ts');
process.exit(await doctor(process.argv.slice(2)));
