import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, type GraphQLObjectType, isObjectType, parse } from 'graphql';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../tools/command-line.ts';

/** What a description says of a field that is not the same for everybody who may see the object. */
const dependsOnViewer = /\bviewer|everybody else|for those who|whoever may/i;

/** Fields that name the viewer in their description, and why one answer for all followers of a log is right. */
const sameForAll: Record<string, string> = {
  'Message.room': 'who follows the log of a room may see the room',
  'RoomUpdated.room': 'who follows the log of a room may see the room',
  'RoomArchived.room': 'who follows the log of a room may see the room',
  'RoomRestored.room': 'who follows the log of a room may see the room',
};

/** Types that are reached by fields which are marked themselves, or by no subscription that is shared. */
const ownTypes =
  /Payload$|^(Query|Mutation|Subscription|ReadState|Report|OwnReport|ScheduledMessage|Draft|Invitation|Account)$/;

it('marks every field that depends on who is watching, so that no subscription shares it', () => {
  const sdl = readFileSync(join(repositoryRoot, 'router/supergraph.graphql'), 'utf8');
  const schema = buildASTSchema(parse(sdl, { noLocation: true }), { assumeValidSDL: true });
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && !ownTypes.test(type.name),
  );
  const unmarked = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, description, astNode }) => {
      const isMarked = astNode?.directives?.some((directive) => directive.name.value === 'perViewer');
      const coordinate = `${type.name}.${name}`;
      return dependsOnViewer.test(description ?? '') && !isMarked && !(coordinate in sameForAll) ? [coordinate] : [];
    }),
  );
  expect(unmarked).toEqual([]);
});
