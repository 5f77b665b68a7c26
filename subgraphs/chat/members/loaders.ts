import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import type { Database } from '../repository.ts';
import type { MemberRecord } from './record.ts';
import { pageMembers } from './repository.ts';

export interface MemberPageKey {
  roomId: string;
  page: KeyPage<string>;
}

/** Pages of members of rooms whose members may be listed. One statement for all rooms of the same page arguments. */
export function createMemberLoaders(database: Database) {
  const memberPage = new DataLoader<MemberPageKey, MemberRecord[], string>(
    async (keys) => {
      const groups = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
      const pages = new Map<string, MemberRecord[]>();
      await Promise.all(
        [...groups.values()].map(async (group) => {
          const page = (group[0] as MemberPageKey).page;
          const roomIds = group.map(({ roomId }) => roomId);
          const rows = Map.groupBy(await pageMembers(database, roomIds, page), ({ roomId }) => roomId);
          for (const key of group) pages.set(cacheKeyOf(key), rows.get(key.roomId) ?? []);
        }),
      );
      return keys.map((key) => pages.get(cacheKeyOf(key)) ?? []);
    },
    { cacheKeyFn: cacheKeyOf },
  );
  return { memberPage };
}

function cacheKeyOf({ roomId, page }: MemberPageKey): string {
  return `${roomId} ${JSON.stringify(page)}`;
}
