import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { highestSeq } from '../../../platform/cursor.ts';
import { hasCode } from '../../../platform/errors.ts';
import { isId } from '../../../platform/identifiers.ts';
import { readSubgraphRequest } from '../../../platform/subgraph-request.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { refuse, refuseFailure } from '../failure-answer.ts';
import { canReadRooms } from '../policy.ts';
import { line } from './lines.ts';
import { createExportService } from './service.ts';
import type { ExportSlots } from './slots.ts';

interface ExportRequest {
  Params: { roomId: string };
}

/** Until a slot is free there is no telling; a client asks again after so many seconds. */
const retryAfterSeconds = 10;

const querySchema = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .refine((seq) => seq <= highestSeq)
    .default(0),
  format: z.literal('jsonl').default('jsonl'),
});

/** A GET of a room's export answers with its messages as JSON Lines. docs/API.md is for those who call it. */
export function serveExports(
  app: FastifyInstance,
  dependencies: ChatDependencies,
  slots: ExportSlots,
  viewerSecret: string,
): void {
  async function answer(request: FastifyRequest<ExportRequest>, reply: FastifyReply): Promise<FastifyReply> {
    const { viewer } = readSubgraphRequest(request, reply, viewerSecret);
    if (viewer === null) return refuse(reply, 'UNAUTHENTICATED');
    if (!canReadRooms(viewer)) return refuse(reply, 'FORBIDDEN');
    const query = querySchema.safeParse(request.query);
    if (!query.success) return refuse(reply, 'BAD_USER_INPUT', '`after` is a number of the log, `format` is jsonl.');
    const { roomId } = request.params;
    if (!isId(roomId)) return refuse(reply, 'NOT_FOUND', 'There is no such room.');
    const { requireRoom, exportRoom } = createExportService(dependencies, viewer);
    const room = await requireRoom(roomId);
    const { after } = query.data;
    if (after > room.headSeq) return refuse(reply, 'BAD_USER_INPUT', 'The log of the room is not that long yet.');
    const release = await slots(viewer.userId);
    if (release === null) {
      const message = 'Too many exports at once. Try again when one has ended.';
      return refuse(reply.header('retry-after', retryAfterSeconds), 'RATE_LIMITED', message);
    }
    const stream = Readable.from(endingWithFault(request, exportRoom(room, after)), { objectMode: false });
    // Also when the client goes before the first line is read.
    stream.once('close', () => void release());
    reply.header('content-disposition', `attachment; filename="room-${roomId}.jsonl"`);
    return reply.type('application/x-ndjson').send(stream);
  }

  app.get<ExportRequest>('/rooms/:roomId/export', {
    exposeHeadRoute: false,
    onRequest: async (_request, reply) => void reply.header('cache-control', 'no-store'),
    async handler(request, reply) {
      try {
        return await answer(request, reply);
      } catch (error) {
        if (error instanceof Failure) return refuseFailure(reply, 403, error);
        if (hasCode(error, 'NOT_FOUND')) return refuse(reply, 'NOT_FOUND', 'There is no such room.');
        throw error;
      }
    },
  });
}

/** The status is long sent: a fault in the middle is told by a line. Without an end line the export is not whole. */
async function* endingWithFault(request: FastifyRequest, lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    request.log.error({ error }, 'an export ended before its time');
    yield line({ type: 'error', code: 'INTERNAL' });
  }
}
