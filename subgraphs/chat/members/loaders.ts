import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { BanRecord, MemberRecord } from './record.ts';
import { pageBans, pageMembers } from './repository.ts';

const roomIdOf = ({ roomId }: { roomId: string }) => roomId;

/** Pages of members and of bans of rooms in which they may be listed. One statement for all rooms of the same page arguments. */
export function createMemberLoaders(database: Database) {
  const memberPage = createPageLoader<RoomPageKey<string>, MemberRecord>(roomIdOf, roomIdOf, (keys, page) =>
    pageMembers(database, keys.map(roomIdOf), page),
  );
  const banPage = createPageLoader<RoomPageKey<string>, BanRecord>(roomIdOf, roomIdOf, (keys, page) =>
    pageBans(database, keys.map(roomIdOf), page, new Date()),
  );
  return { memberPage, banPage };
}
