import type { KeyPage } from '../../../platform/connection.ts';
import { createPageLoader } from '../messages/loaders.ts';
import type { Database } from '../repository.ts';
import type { BanRecord, MemberRecord } from './record.ts';
import { pageBans, pageMembers } from './repository.ts';

export interface MemberPageKey {
  roomId: string;
  page: KeyPage<string>;
}

const roomIdOf = ({ roomId }: { roomId: string }) => roomId;

/** Pages of members and of bans of rooms in which they may be listed. One statement for all rooms of the same page arguments. */
export function createMemberLoaders(database: Database) {
  const memberPage = createPageLoader<MemberPageKey, MemberRecord>(roomIdOf, roomIdOf, (keys, page) =>
    pageMembers(database, keys.map(roomIdOf), page),
  );
  const banPage = createPageLoader<MemberPageKey, BanRecord>(roomIdOf, roomIdOf, (keys, page) =>
    pageBans(database, keys.map(roomIdOf), page, new Date()),
  );
  return { memberPage, banPage };
}
