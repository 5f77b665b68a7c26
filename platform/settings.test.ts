import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  commaListSetting,
  commonSettings,
  integerSetting,
  parseSettings,
  SettingsError,
  secretSetting,
} from './settings.ts';

const schema = z.object({ ...commonSettings, PORT: integerSetting(0, 65_535, 4000), SECRET: secretSetting });
const secret = 'x'.repeat(32);

describe('settings', () => {
  it('have defaults, and take an empty value for none', () => {
    expect(parseSettings(schema, { SECRET: secret, PORT: '' })).toMatchObject({ PORT: 4000, LOG_LEVEL: 'info' });
  });

  it('report every mistake at once', () => {
    const parse = () => parseSettings(schema, { PORT: '65536', LOG_LEVEL: 'loud', SECRET: 'short' });
    expect(parse).toThrow(SettingsError);
    expect(parse).toThrow(/PORT[\s\S]*SECRET|SECRET[\s\S]*PORT/);
    expect(parse).toThrow(/LOG_LEVEL/);
  });

  it('may come from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chorus-settings-'));
    writeFileSync(join(folder, 'secret'), `${secret}\n`);
    expect(parseSettings(schema, { SECRET_FILE: join(folder, 'secret') }).SECRET).toBe(secret);
    expect(() => parseSettings(schema, { SECRET_FILE: join(folder, 'nothing') })).toThrow('SECRET_FILE');
    rmSync(folder, { recursive: true });
  });

  it('may be lists, with or without spaces after their commas', () => {
    const list = z.object({ LIST: commaListSetting });
    expect(parseSettings(list, { LIST: ' one,two, three ,, ' }).LIST).toEqual(['one', 'two', 'three']);
    expect(parseSettings(list, {}).LIST).toEqual([]);
  });

  it('refuse development values in production', () => {
    const environment = { SECRET: `development-only ${secret}` };
    expect(parseSettings(schema, environment).SECRET).toBe(environment.SECRET);
    expect(() => parseSettings(schema, { ...environment, NODE_ENV: 'production' })).toThrow('development value');
  });
});
