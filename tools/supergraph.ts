import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DocumentNode, GraphQLError } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { isMain, repositoryPath, repositoryRoot, runCommand, ToolError } from './command-line.ts';

/** Where the router finds the composed schema. */
export const supergraphPath = join(repositoryRoot, 'router/supergraph.graphql');

export interface SubgraphEntry {
  name: string;
  /** Where the router reaches the subgraph unless it is told otherwise. */
  routingUrl: string;
  /** The absolute path of its `schema.graphql`. */
  schemaPath: string;
}

export interface SubgraphSchema {
  name: string;
  routingUrl: string;
  /** The text of its `schema.graphql`. */
  schema: string;
}

const supergraphYaml = z.object({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9_]*$/),
    z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) }),
  ),
});

/**
 * Reads the one list of subgraphs, in the order of the file.
 * @throws ToolError naming every mistake in it.
 */
export async function readSubgraphEntries(path = join(repositoryRoot, 'supergraph.yaml')): Promise<SubgraphEntry[]> {
  const parsed = supergraphYaml.safeParse(parseYaml(await readFile(path, 'utf8')));
  if (!parsed.success) throw new ToolError(`${repositoryPath(path)} has mistakes:\n${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.subgraphs).map(([name, subgraph]) => ({
    name,
    routingUrl: subgraph.routing_url,
    schemaPath: resolve(path, '..', subgraph.schema.file),
  }));
}

/** Reads the schemas of the listed subgraphs. One without a schema yet is left out. */
export async function readSubgraphSchemas(entries: readonly SubgraphEntry[]): Promise<SubgraphSchema[]> {
  const present = entries.filter((entry) => existsSync(entry.schemaPath));
  return Promise.all(
    present.map(async ({ name, routingUrl, schemaPath }) => ({
      name,
      routingUrl,
      schema: await readFile(schemaPath, 'utf8'),
    })),
  );
}

/**
 * Composes the subgraphs into the supergraph's SDL.
 * @throws ToolError listing every composition error with its code and the places it comes from.
 */
export async function composeSupergraph(subgraphs: readonly SubgraphSchema[]): Promise<string> {
  // Composition is loaded when it is needed: every start reads this file, few compose.
  const { composeServices } = await import('@apollo/composition');
  const services = subgraphs.map(async ({ name, routingUrl, schema }) => {
    return { name, url: routingUrl, typeDefs: await parseSchema(name, schema) };
  });
  const result = composeServices(await Promise.all(services));
  if (result.supergraphSdl === undefined) {
    throw new ToolError(`The subgraphs do not compose:\n${result.errors.map(describeError).join('\n')}`);
  }
  return `${result.supergraphSdl.trim()}\n`;
}

/** @throws ToolError when the text is not GraphQL. */
export async function parseSchema(subgraph: string, schema: string): Promise<DocumentNode> {
  const { parse, Source } = await import('graphql');
  try {
    return parse(new Source(schema, subgraph));
  } catch (error) {
    throw new ToolError(`The schema of ${subgraph} is not GraphQL:\n${describeError(error as GraphQLError)}`);
  }
}

/** `  INVALID_FIELD_SHARING (auth:12, user:30): Non-shareable field "User.name" is resolved from ...` */
function describeError(error: GraphQLError): string {
  const code = error.extensions?.['code'] ?? 'INVALID_GRAPHQL';
  const nodePlaces = (error.nodes ?? []).flatMap(({ loc }) =>
    loc ? [`${loc.source.name}:${loc.startToken.line}`] : [],
  );
  const syntaxPlaces = (error.locations ?? []).map(({ line }) => `${error.source?.name}:${line}`);
  const places = new Set(nodePlaces.length > 0 ? nodePlaces : syntaxPlaces);
  return `  ${code}${places.size > 0 ? ` (${[...places].join(', ')})` : ''}: ${error.message}`;
}

if (isMain(import.meta)) {
  await runCommand(async () => {
    const subgraphs = await readSubgraphSchemas(await readSubgraphEntries());
    await writeFile(supergraphPath, await composeSupergraph(subgraphs));
    console.log(`${repositoryPath(supergraphPath)}: composed of ${subgraphs.map(({ name }) => name).join(', ')}`);
    return true;
  });
}
