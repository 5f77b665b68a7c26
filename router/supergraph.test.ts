import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSupergraph, requireSubgraphs } from './supergraph.ts';

const sdl = readFileSync(new URL('./supergraph.graphql', import.meta.url), 'utf8');

describe('a supergraph', () => {
  it('has the addresses that settings give its subgraphs, and else those it was composed with', () => {
    const { subgraphUrls } = loadSupergraph(sdl, { chat: 'http://chat.internal/graphql' });
    expect(subgraphUrls.get('chat')).toBe('http://chat.internal/graphql');
    expect(subgraphUrls.get('auth')).toMatch(/^http/);
  });

  it('is refused by settings for subgraphs that it lacks', () => {
    expect(() => loadSupergraph(sdl, { chats: 'http://chat.internal/graphql' })).toThrow(
      'SUBGRAPH_URLS names subgraphs that the supergraph lacks: chats',
    );
    expect(() => requireSubgraphs('SUBGRAPH_SUBSCRIPTIONS', ['prices'], ['chat'])).toThrow('lacks: prices');
  });
});
