import { hasScope, type Viewer } from '../../platform/viewer.ts';

/** Somebody who is signed out can't look people up. */
export function canLookUpUsers(viewer: Viewer | null): boolean {
  return viewer !== null;
}

/** A display name goes wherever its owner's name goes; only what says more about a person needs signing in. */
export function canReadBio(viewer: Viewer | null): boolean {
  return viewer !== null;
}

/** Whom somebody has blocked is known to nobody but them; with a token that changes it, or one that reads what only they may. */
export function canReadBlocks(viewer: Viewer | null): viewer is Viewer {
  return hasScope(viewer, 'profile:write') || hasScope(viewer, 'account:read');
}

/** Everybody changes their own profile and no other, so only the viewer's token decides. */
export function canUpdateProfile(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'profile:write');
}
