import type { z } from 'zod';
import { settingsSchema as router } from '../../../router/env.ts';
import { settingsSchema as auth } from '../../../subgraphs/auth/env.ts';
import { settingsSchema as chat } from '../../../subgraphs/chat/env.ts';
import { settingsSchema as notification } from '../../../subgraphs/notification/env.ts';
import { settingsSchema as user } from '../../../subgraphs/user/env.ts';
import { repositoryRoot } from '../../../tools/command-line.ts';
import { settingsSchema as tools } from '../../../tools/env.ts';

/** The settings of every process that runs on its own. */
export const processes = { router, auth, user, chat, notification };
export type ProcessName = keyof typeof processes;
export const processNames = Object.keys(processes) as ProcessName[];

/** The same, and those of the commands in tools/. */
export const schemas: Record<string, z.ZodObject> = { ...processes, tools };

/** What the documentation says of a setting that is missing: its default value, `none`, or that it is required. */
export function defaultOf(schema: z.ZodObject, name: string): string {
  const { success, data } = (schema.shape[name] as z.ZodType).safeParse(undefined);
  if (!success) return 'required';
  if (data === undefined || data === '' || typeof data === 'object') return 'none';
  return String(data).replace(`${repositoryRoot}/`, '');
}
