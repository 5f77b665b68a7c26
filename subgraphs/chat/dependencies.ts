import type { Relay } from '../../platform/durable-events/relay.ts';
import type { LogFeed } from '../../platform/log-feed/log-feed.ts';
import type { SubgraphRequest } from '../../platform/subgraph-request.ts';
import type { IndexKey } from './encryption/index-key.ts';
import type { RoomEncryption } from './encryption/room-encryption.ts';
import type { Loaders } from './loaders.ts';
import type { AccessWatch } from './log/access-watch.ts';
import type { RoomEventRecord } from './log/record.ts';
import type { MessageWriter } from './messages/insertion/message-writer.ts';
import type { SendDecisions } from './messages/send-decisions.ts';
import type { Database } from './repository.ts';
import type { Purging } from './rooms/purge.ts';
import type { RoomReader } from './rooms/room-reader.ts';
import type { SignalHub } from './signals/signal-hub.ts';

/** What every use case of this process shares. */
export interface ChatDependencies {
  database: Database;
  roomReader: RoomReader;
  encryption: RoomEncryption;
  indexKey: IndexKey;
  feed: Pick<LogFeed<RoomEventRecord>, 'publish' | 'publishFirst' | 'read'>;
  accessWatch: Pick<AccessWatch, 'isWatched' | 'watch'>;
  relay: Pick<Relay, 'wake'>;
  messageWriter: MessageWriter;
  sendDecisions: SendDecisions;
  signals: SignalHub;
  purging: Pick<Purging, 'begin'>;
  now: () => Date;
}

/** What a use case knows of the request it works for. Its concepts share what it has read. */
export interface ChatRequest extends SubgraphRequest {
  loaders: Loaders;
}
