import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields } from '../log/cursor.ts';
import type { RoomEventRecord } from '../log/record.ts';
import type { Resolvers } from '../schema.types.ts';

/** The fields of an event that is about a member: the one who acts. */
const memberFields = {
  userId: ({ actorId }: RoomEventRecord) => actorId,
  user: ({ actorId }: RoomEventRecord) => ({ id: actorId }),
};

export const memberResolvers: Resolvers = {
  Mutation: {
    joinRoom: (_parent, { input }, { members }) => toPayload(members.joinRoom(input)),
  },
  MemberJoined: {
    ...eventFields,
    ...memberFields,
  },
  MemberLeft: {
    ...eventFields,
    ...memberFields,
  },
};
