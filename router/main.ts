import { runProcess } from '../platform/process.ts';
import { settingsSchema } from './env.ts';
import { start } from './server.ts';

await runProcess('router', settingsSchema, start);
