import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import { buildASTSchema } from 'graphql';
import { parseSchema } from './supergraph.ts';

/**
 * What a resolver of a type gets as its parent, where that is not the GraphQL type itself: by subgraph, then by type,
 * as `module#export`, the module seen from the subgraph's folder. For example `Room: './repository.ts#RoomRow'`.
 */
const mappers: Record<string, Record<string, string>> = {
  auth: {
    User: './accounts/repository.ts#AccountRecord',
    Account: './accounts/repository.ts#AccountRecord',
    AccountSecurity: './accounts/repository.ts#AccountRecord',
    ActiveSession: './sessions/repository.ts#SessionRecord',
    Passkey: './passkeys/repository.ts#PasskeyRecord',
    Identity: './identities/repository.ts#IdentityRecord',
    ApiKey: './api-keys/repository.ts#ApiKeyRecord',
    SecurityEvent: './audit/repository.ts#SecurityEventRecord',
  },
  user: {
    User: './repository.ts#ProfileRecord',
  },
  chat: {
    Room: './rooms/record.ts#RoomRecord',
    Message: './messages/record.ts#MessageRecord',
    RoomEvent: './log/record.ts#RoomEventRecord',
    RoomCreated: './log/record.ts#RoomEventRecord',
    MemberJoined: './log/record.ts#RoomEventRecord',
    MemberLeft: './log/record.ts#RoomEventRecord',
    MemberKicked: './log/record.ts#RoomEventRecord',
    MemberBanned: './log/record.ts#RoomEventRecord',
    MemberUnbanned: './log/record.ts#RoomEventRecord',
    MemberMuted: './log/record.ts#RoomEventRecord',
    MemberUnmuted: './log/record.ts#RoomEventRecord',
    RoleChanged: './log/record.ts#RoomEventRecord',
    OwnershipTransferred: './log/record.ts#RoomEventRecord',
    RoomUpdated: './log/record.ts#RoomEventRecord',
    RoomArchived: './log/record.ts#RoomEventRecord',
    RoomRestored: './log/record.ts#RoomEventRecord',
    RoomDeleted: './log/record.ts#RoomEventRecord',
    RoomSettings: './rooms/record.ts#RoomRecord',
    RoomMember: './members/record.ts#MemberRecord',
    Ban: './members/record.ts#BanRecord',
    MessageEdit: './messages/record.ts#MessageEditRecord',
    Thread: './messages/record.ts#ThreadRecord',
    Pin: './pins/repository.ts#PinRecord',
    ScheduledMessage: './scheduled/record.ts#ScheduledMessageRecord',
    Draft: './drafts/record.ts#DraftRecord',
    Report: './reports/record.ts#ReportRecord',
    OwnReport: './reports/record.ts#ReportRecord',
    ModerationEntry: './audit/record.ts#ModerationEntryRecord',
    Invitation: './invitations/record.ts#InvitationRecord',
    InvitationPreview: './invitations/record.ts#InvitationPreviewRecord',
    JoinRequest: './join-requests/repository.ts#JoinRequestRecord',
    Mention: './messages/record.ts#MentionRecord',
    ReadReceipt: './reads/repository.ts#ReadReceiptRecord',
    ReadState: './signals/record.ts#ReadStateRecord',
    RoomSignal: './signals/record.ts#RoomSignalRecord',
    TypingStarted: './signals/record.ts#TypingRecord',
    TypingStopped: './signals/record.ts#TypingRecord',
    ReadMarkMoved: './signals/record.ts#ReadMarkRecord',
    Webhook: './webhooks/record.ts#WebhookRecord',
    WebhookAuthor: './webhooks/record.ts#WebhookRecord',
    WebhookCreated: './log/record.ts#WebhookEventRecord',
    WebhookRevoked: './log/record.ts#WebhookEventRecord',
    MessageSent: './log/record.ts#RoomEventRecord',
    MessageEdited: './log/record.ts#MessageEditedRecord',
    MessageDeleted: './log/record.ts#RoomEventRecord',
    ReactionAdded: './log/record.ts#ReactionEventRecord',
    ReactionRemoved: './log/record.ts#ReactionEventRecord',
    MessagePinned: './log/record.ts#RoomEventRecord',
    MessageUnpinned: './log/record.ts#RoomEventRecord',
    User: './accounts/repository.ts#UserReference',
  },
  notification: {
    NotificationEvent: './repository.ts#NotificationRecord',
    Notification: './repository.ts#NotificationRecord',
    User: './repository.ts#UserReference',
  },
};

/** What a scalar of the schemas is in TypeScript. A scalar that is missing here is an error. */
const scalars = {
  DateTime: 'Date | string',
  ID: 'string',
  JSON: 'unknown',
};

const configuration = {
  contextType: './service.ts#Context',
  scalars,
  strictScalars: true,
  enumsAsTypes: true,
  useTypeImports: true,
  emitLegacyCommonJSImports: false,
  noSchemaStitching: true,
  federation: true,
  // The definitions that it would add are those of the first federation; ours come from each schema's @link.
  disableFederationDirectiveAndScalarInjection: true,
};

/** The text of `schema.types.ts`: TypeScript types for everything in the schema, and for the resolvers it needs. */
export async function generateResolverTypes(subgraph: string, schema: string): Promise<string> {
  const document = await parseSchema(subgraph, schema);
  const types = await codegen({
    filename: `subgraphs/${subgraph}/schema.types.ts`,
    schema: document,
    // Federation's directives are imported by @link, not defined in the file: composition checks their use.
    schemaAst: buildASTSchema(document, { assumeValidSDL: true, assumeValid: true }),
    documents: [],
    config: { ...configuration, mappers: mappers[subgraph] ?? {} },
    plugins: [{ typescript: {} }, { resolvers: {} }],
    pluginMap: { typescript: typescriptPlugin, resolvers: resolversPlugin },
  });
  return `// Generated from schema.graphql by tools/generate.ts. Do not edit.\n${types.trim()}\n`;
}
