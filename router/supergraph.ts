import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** Directives about access that @apollo/gateway refuses to load; the router enforces them itself. */
const accessDirectives = ['authenticated', 'requiresScopes'];
const accessFeature = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\//;
/** Its names mean something to a router that has code for each. */
const policyFeature = /^https:\/\/specs\.apollo\.dev\/policy\//;

export interface LoadedSupergraph {
  /** Everything that was composed, access directives included. */
  document: DocumentNode;
  /** The same without access directives: what @apollo/gateway is given. */
  gatewaySdl: string;
  supergraph: Supergraph;
  /** The routing URL of each subgraph, by its name. */
  subgraphUrls: ReadonlyMap<string, string>;
}

/**
 * Reads a composed supergraph. `overrides` replace routing URLs: the same graph runs on many machines.
 * @throws what is wrong with it; also for `@policy`, which nobody here would enforce
 */
export function loadSupergraph(sdl: string, overrides: Readonly<Record<string, string>>): LoadedSupergraph {
  const document = parse(sdl);
  visit(document, {
    Directive(node) {
      if (links(node, policyFeature))
        throw new Error('The supergraph uses @policy, which this router can not enforce.');
    },
  });
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  const composed = [...supergraph.subgraphsMetadata()].map(({ name, url }) => [name, url] as const);
  requireSubgraphs(
    'SUBGRAPH_URLS',
    Object.keys(overrides),
    composed.map(([name]) => name),
  );
  return {
    document,
    gatewaySdl: print(withoutAccessDirectives(document)),
    supergraph,
    subgraphUrls: new Map(composed.map(([name, url]) => [name, overrides[name] ?? url])),
  };
}

/** @throws when a setting names a subgraph that is not there */
export function requireSubgraphs(setting: string, named: readonly string[], known: readonly string[]): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`${setting} names subgraphs that the supergraph lacks: ${unknown.join(', ')}`);
}

function withoutAccessDirectives(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (accessDirectives.includes(node.name.value) || links(node, accessFeature) ? null : undefined),
    DirectiveDefinition: (node) => (accessDirectives.includes(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (/^requiresScopes__/.test(node.name.value) ? null : undefined),
  });
}

function links(directive: DirectiveNode, feature: RegExp): boolean {
  return (
    directive.name.value === 'link' &&
    (directive.arguments ?? []).some(
      ({ name, value }) => name.value === 'url' && value.kind === Kind.STRING && feature.test(value.value),
    )
  );
}
