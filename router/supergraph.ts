import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type DirectiveNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';

/** Directives about access that @apollo/gateway refuses to load; the router enforces them itself. */
const accessDirectives = ['authenticated', 'requiresScopes', 'policy'];
const accessFeature = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\//;

export interface LoadedSupergraph {
  /** Everything that was composed, access directives included. */
  document: DocumentNode;
  /** The same without access directives: what @apollo/gateway is given. */
  gatewaySdl: string;
  supergraph: Supergraph;
  /** The routing URL of each subgraph, by its name. */
  subgraphUrls: ReadonlyMap<string, string>;
}

/** Reads a composed supergraph. `overrides` replace routing URLs: the same graph runs on many machines. */
export function loadSupergraph(sdl: string, overrides: Readonly<Record<string, string>>): LoadedSupergraph {
  const document = parse(sdl);
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
    Directive: (node) => (accessDirectives.includes(node.name.value) || linksAccess(node) ? null : undefined),
    DirectiveDefinition: (node) => (accessDirectives.includes(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (/^(requiresScopes|policy)__/.test(node.name.value) ? null : undefined),
  });
}

function linksAccess(directive: DirectiveNode): boolean {
  return (
    directive.name.value === 'link' &&
    (directive.arguments ?? []).some(
      ({ name, value }) => name.value === 'url' && value.kind === Kind.STRING && accessFeature.test(value.value),
    )
  );
}
