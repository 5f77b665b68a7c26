import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeSeqCursor, encodeCursor } from '../../../platform/cursor.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { can } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { placeOfReason } from './reason.ts';
import type { ModerationEntryRecord } from './record.ts';

/** Reading the record of what moderators do, for one request. `changeRoom` writes it. */
export function createAuditService({ encryption }: ChatDependencies, { viewer, loaders }: ChatRequest) {
  /** Null for whoever may not read it. */
  async function pageEntries(room: RoomRecord, args: PageArguments): Promise<Connection<ModerationEntryRecord> | null> {
    const page = parsePage(args, (cursor) => decodeSeqCursor('moderation', room.id, cursor));
    if (!can(viewer, 'moderation-log:read', room)) return null;
    return buildConnection(
      page,
      await loaders.moderationPage.load({ roomId: room.id, page }),
      ({ roomId, number }) => encodeCursor('moderation', roomId, number),
      (row) => row,
    );
  }

  function readReason(entry: ModerationEntryRecord): Promise<string> | null {
    return entry.sealedReason && encryption.open(placeOfReason(entry), entry.sealedReason);
  }

  return { pageEntries, readReason };
}
