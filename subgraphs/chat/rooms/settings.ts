import { parseLine, parseText } from '../../../platform/text.ts';
import { Failure } from '../failure.ts';
import type { RoomSettingsInput, UpdateRoomInput } from '../schema.types.ts';
import type { RoomRecord } from './record.ts';

export const roomNameLimit = 80;
export const topicLimit = 500;
export const avatarUrlLimit = 2_048;
/** Six hours, as elsewhere. */
export const slowModeLimitSeconds = 21_600;
/** Ten years. */
export const retentionDaysLimit = 3_650;

/** What people write about a room. Null removes it, undefined leaves it as it is. */
export interface RoomTexts {
  name: string | undefined;
  topic: string | null | undefined;
  avatarUrl: string | null | undefined;
}

export type RoomSettings = Pick<
  RoomRecord,
  'whoMayPost' | 'whoMayInvite' | 'whoMayPin' | 'joinPolicy' | 'slowModeSeconds' | 'retentionDays'
>;

/** The texts as they are sealed. */
export function checkTexts({ name, topic, avatarUrl }: UpdateRoomInput): RoomTexts {
  return {
    name: name == null ? undefined : checkRoomName(name),
    topic: topic == null ? topic : checkTopic(topic),
    avatarUrl: avatarUrl == null ? avatarUrl : checkAvatarUrl(avatarUrl),
  };
}

export function checkRoomName(input: string): string {
  const name = parseLine(input, roomNameLimit);
  if ('text' in name) return name.text;
  throw new Failure('ROOM_NAME_INVALID', `A room's name has 1 to ${roomNameLimit} characters on one line.`, ['name']);
}

/** An empty topic is none. */
export function checkTopic(input: string): string | null {
  const topic = parseText(input.trim(), topicLimit);
  if ('text' in topic) return topic.text;
  if (topic.problem === 'empty' && input.trim() === '') return null;
  const message = `A topic has at most ${topicLimit} characters, no control characters, and something to see.`;
  throw new Failure('TOPIC_INVALID', message, ['topic']);
}

export function checkAvatarUrl(input: string): string {
  const url = input.length <= avatarUrlLimit ? URL.parse(input) : null;
  const isFit = url?.protocol === 'https:' && url.username === '' && url.password === '';
  if (isFit && url.href.length <= avatarUrlLimit) return url.href;
  const message = `An avatar is an https URL of at most ${avatarUrlLimit} characters, without a password.`;
  throw new Failure('AVATAR_URL_INVALID', message, ['avatarUrl']);
}

/** The settings that are given. */
export function checkSettings(input: RoomSettingsInput | null | undefined): Partial<RoomSettings> {
  const settings: Partial<RoomSettings> = {};
  for (const name of ['whoMayPost', 'whoMayInvite', 'whoMayPin'] as const) {
    const role = input?.[name];
    if (role === 'READ_ONLY') throw settingInvalid('A read-only member may never do this.', name);
    if (role != null) settings[name] = role;
  }
  if (input?.joinPolicy != null) settings.joinPolicy = input.joinPolicy;
  const seconds = input?.slowModeSeconds;
  if (seconds != null) {
    if (seconds < 0 || seconds > slowModeLimitSeconds) {
      throw settingInvalid(`Slow mode takes 0 to ${slowModeLimitSeconds} seconds.`, 'slowModeSeconds');
    }
    settings.slowModeSeconds = seconds;
  }
  const days = input?.retentionDays;
  if (days != null) {
    if (days < 0 || days > retentionDaysLimit) {
      const message = `A room keeps its messages for 1 to ${retentionDaysLimit} days, or with 0 for ever.`;
      throw settingInvalid(message, 'retentionDays');
    }
    settings.retentionDays = days === 0 ? null : days;
  }
  return settings;
}

function settingInvalid(message: string, setting: string): Failure {
  return new Failure('SETTING_INVALID', message, ['settings', setting]);
}
