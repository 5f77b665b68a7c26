import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { checkRequest, codedError, presentError } from '../platform/errors.ts';
import type { AccessGate } from './access.ts';
import { checkVariables, dropGatewayNotes, limitMutationFields, parseOptions } from './checks.ts';
import type { RouterContext } from './context.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import type { LoadedSupergraph } from './supergraph.ts';

export interface GatewayOptions {
  loaded: LoadedSupergraph;
  clients: ReadonlyMap<string, SubgraphClient>;
  gate: AccessGate;
  logger: Logger;
}

/** Starts Apollo Server over Apollo's gateway: queries and mutations. Subscriptions are carried beside it. */
export async function startGateway({
  loaded,
  clients,
  gate,
  logger,
}: GatewayOptions): Promise<ApolloServer<RouterContext>> {
  // The gateway reads this in its constructor, from nowhere else, and would otherwise report usage to its maker.
  process.env['APOLLO_TELEMETRY_DISABLED'] ??= 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: loaded.gatewaySdl,
    buildService: ({ name }) => findClient(clients, name),
    logger,
  });
  const apollo = new ApolloServer<RouterContext>({
    gateway,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    parseOptions,
    logger,
    formatError: (formatted, error) => presentError(formatted, error, logger),
    plugins: [checkOperation(gate), ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })],
  });
  await apollo.start();
  return apollo;
}

/** What is checked of every operation before its execution. */
function checkOperation(gate: AccessGate): ApolloServerPlugin<RouterContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, schema, contextValue }) =>
        checkRequest(() => {
          if (!operation) throw codedError('OPERATION_RESOLUTION_FAILURE');
          refuseSubscription(operation);
          limitMutationFields(document, operation);
          gate(document, operation, contextValue.viewer);
          checkVariables(schema, operation, request.variables);
        }),
      async willSendResponse({ response: { body } }) {
        if (body.kind === 'single') dropGatewayNotes(body.singleResult);
      },
    }),
  };
}

function refuseSubscription(operation: OperationDefinitionNode): void {
  if (operation.operation !== 'subscription') return;
  throw codedError(
    'BAD_REQUEST',
    'Send subscriptions over a WebSocket with the graphql-transport-ws protocol, or with one of the headers Accept: text/event-stream and Accept: multipart/mixed;subscriptionSpec=1.0.',
  );
}

function findClient(clients: ReadonlyMap<string, SubgraphClient>, name: string): SubgraphClient {
  const client = clients.get(name);
  if (!client) throw new Error(`The supergraph has no subgraph ${name}.`);
  return client;
}
