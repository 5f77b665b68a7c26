import DataLoader from 'dataloader';
import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import type { Relay } from '../../../platform/durable-events/relay.ts';
import { codedError } from '../../../platform/errors.ts';
import { isId } from '../../../platform/identifiers.ts';
import type { SubgraphRequest } from '../../../platform/subgraph-request.ts';
import { userBlocked, userUnblocked } from '../events.ts';
import { Failure } from '../failure.ts';
import { canReadBlocks, canUpdateProfile } from '../policy.ts';
import type { ProfileRecord, Repository, Transaction } from '../repository.ts';
import type { BlockUserInput, UnblockUserInput } from '../schema.types.ts';
import {
  type BlockPair,
  countBlocks,
  deleteBlock,
  findBlocked,
  holdProfiles,
  insertBlock,
  pageBlocks,
  saveDecisionTime,
} from './repository.ts';

/** People whom one person blocks. */
export const blockLimit = 1_000;

export type BlockService = ReturnType<typeof createBlockService>;

interface BlockDependencies {
  repository: Repository;
  relay: Pick<Relay, 'wake'>;
  now: () => Date;
}

/** The use cases of blocks, for one request. What is decided here reaches other subgraphs as an event. */
export function createBlockService(
  { repository: { database }, relay, now }: BlockDependencies,
  { viewer, trace }: SubgraphRequest,
  profiles: DataLoader<string, ProfileRecord | null>,
) {
  const blocked = new DataLoader<string, boolean>(async (ids) => {
    const found = viewer === null ? new Set() : await findBlocked(database, viewer.userId, ids.filter(isId));
    return ids.map((id) => found.has(id));
  });

  async function blockUser({ userId }: BlockUserInput): Promise<{ user: ProfileRecord }> {
    return decide(userId, async (transaction, pair, decidedAt) => {
      const { blockerId, blockedId } = pair;
      if ((await findBlocked(transaction, blockerId, [blockedId])).has(blockedId)) return false;
      if ((await countBlocks(transaction, blockerId)) >= blockLimit) {
        throw new Failure('BLOCK_LIMIT_REACHED', `A person blocks at most ${blockLimit} others.`, ['userId']);
      }
      await insertBlock(transaction, pair, decidedAt);
      await writeToOutbox(transaction, userBlocked(pair, trace, decidedAt));
      return true;
    });
  }

  async function unblockUser({ userId }: UnblockUserInput): Promise<{ user: ProfileRecord }> {
    return decide(userId, async (transaction, pair, decidedAt) => {
      if (!(await deleteBlock(transaction, pair))) return false;
      await writeToOutbox(transaction, userUnblocked(pair, trace, decidedAt));
      return true;
    });
  }

  /** Lets `work` decide about a person, under a lock on both; it resolves to whether it has changed anything. */
  async function decide(
    blockedId: string,
    work: (transaction: Transaction, pair: BlockPair, decidedAt: Date) => Promise<boolean>,
  ): Promise<{ user: ProfileRecord }> {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    if (!canUpdateProfile(viewer)) throw codedError('FORBIDDEN');
    const blockerId = viewer.userId;
    // A new account's profile may be on its way; and an id has one form in the database however a client writes it.
    const [own, user] = await Promise.all([profiles.load(blockerId), profiles.load(blockedId.toLowerCase())]);
    if (own === null) throw codedError('UNAUTHENTICATED');
    if (user === null) throw accountNotFound();
    if (user.id === blockerId) throw new Failure('OWN_ACCOUNT', 'Nobody blocks themselves.', ['userId']);
    const pair = { blockerId, blockedId: user.id };
    const isChanged = await database.$transaction(async (transaction) => {
      const held = await holdProfiles(transaction, pair);
      if (!held.has(blockerId)) throw codedError('UNAUTHENTICATED');
      if (!held.has(user.id)) throw accountNotFound();
      const decidedAt = timeAfter(held.get(blockerId) ?? null, now());
      if (!(await work(transaction, pair, decidedAt))) return false;
      await saveDecisionTime(transaction, blockerId, decidedAt);
      return true;
    });
    if (isChanged) relay.wake();
    blocked.clear(user.id);
    return { user };
  }

  async function pageBlocked(userId: string, args: PageArguments): Promise<Connection<ProfileRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('blocks', userId, cursor));
    const isReadable = canReadBlocks(viewer) && viewer.userId === userId;
    const rows = isReadable ? await pageBlocks(database, userId, page) : [];
    return buildConnection(
      page,
      rows,
      ({ blockId }) => encodeCursor('blocks', userId, blockId),
      ({ id, displayName, bio }) => ({ id, displayName, bio }),
    );
  }

  return {
    blockUser,
    unblockUser,
    pageBlocked,
    isBlocked: async (userId: string) => canReadBlocks(viewer) && blocked.load(userId),
  };
}

/** Now, or a moment after the decision before it: a consumer tells by its time which of two decisions is the later one. */
function timeAfter(earlier: Date | null, now: Date): Date {
  return earlier === null || now > earlier ? now : new Date(earlier.getTime() + 1);
}

function accountNotFound(): Failure {
  return new Failure('ACCOUNT_NOT_FOUND', 'There is no such account.', ['userId']);
}
