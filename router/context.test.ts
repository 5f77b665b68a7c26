import { expect, it } from 'vitest';
import { unknownClient } from '../platform/client-info.ts';
import { continueTrace } from '../platform/trace.ts';
import { type Viewer, verifyViewer, viewerHeader } from '../platform/viewer.ts';
import { createContext, createHeaderSigners } from './context.ts';

const secret = 'a secret for the viewer header of this test';

it('names the viewer of the moment to subgraphs, for an operation that goes on while its token is renewed', () => {
  const viewer: Viewer = { userId: 'ada', sessionId: 'first', roles: [], scopes: [], expiresAtSeconds: 1 };
  const origin = { viewer, client: unknownClient, trace: continueTrace(undefined), requestId: '1', setCookie() {} };
  const context = createContext(origin, createHeaderSigners(secret, Date.now));
  const told = () => verifyViewer(context.subgraphHeaders('chat')[viewerHeader], secret);
  expect(told()).toEqual(viewer);
  origin.viewer = { ...viewer, sessionId: 'second', expiresAtSeconds: 2 };
  expect([told(), context.viewer]).toEqual([origin.viewer, origin.viewer]);
});
