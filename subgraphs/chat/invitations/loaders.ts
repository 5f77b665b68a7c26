import DataLoader from 'dataloader';
import type { KeyPage } from '../../../platform/connection.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findRooms } from '../rooms/repository.ts';
import type { InvitationRecord } from './record.ts';
import { type InvitationList, pageInvitations, pageInvitationsOf } from './repository.ts';

interface InvitationPageKey extends InvitationList {
  page: KeyPage<string>;
}

interface InviteePageKey {
  inviteeId: string;
  page: KeyPage<string>;
}

export function createInvitationLoaders(database: Database, viewer: Viewer | null, now: () => Date) {
  /** Pages of rooms whose invitations may be listed, all or those of a creator. */
  const invitationPage = createPageLoader<InvitationPageKey, InvitationRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) => pageInvitations(database, keys, page, now()),
  );

  /** Pages of invitations of people who ask for their own. */
  const inviteePage = createPageLoader<InviteePageKey, InvitationRecord>(
    ({ inviteeId }) => inviteeId,
    ({ inviteeId }) => inviteeId ?? '',
    (keys, page) =>
      pageInvitationsOf(
        database,
        keys.map(({ inviteeId }) => inviteeId),
        page,
        now(),
      ),
  );

  /** Rooms behind open invitations, whether or not the viewer may know of them otherwise. */
  const invitedRoom = new DataLoader<string, RoomRecord | null>(async (ids) => {
    const found = await findRooms(database, ids, viewer?.userId ?? null, now());
    const byId = new Map(found.map((room) => [room.id, room]));
    return ids.map((id) => byId.get(id) ?? null);
  });

  return { invitationPage, inviteePage, invitedRoom };
}
