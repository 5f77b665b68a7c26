import DataLoader from 'dataloader';
import type { Relay } from '../../platform/durable-events/relay.ts';
import { codedError } from '../../platform/errors.ts';
import { isId } from '../../platform/identifiers.ts';
import { isYoung, readProjection } from '../../platform/projections.ts';
import type { SubgraphRequest } from '../../platform/subgraph-request.ts';
import { parseLine, parseText } from '../../platform/text.ts';
import { type BlockService, createBlockService } from './blocks/service.ts';
import { Failure } from './failure.ts';
import { canLookUpUsers, canReadBio, canUpdateProfile } from './policy.ts';
import type { ProfileRecord, Repository } from './repository.ts';
import type { UpdateProfileInput } from './schema.types.ts';

export const displayNameLimit = 80;
export const bioLimit = 500;

export interface ServiceDependencies {
  repository: Repository;
  relay: Pick<Relay, 'wake'>;
  now: () => Date;
}

/** What the resolvers of one request share. */
export interface Context {
  service: UserService;
  blocks: BlockService;
}

export type UserService = ReturnType<typeof createProfileService>;

export function createContext(dependencies: ServiceDependencies, request: SubgraphRequest): Context {
  const profiles = createProfileLoader(dependencies.repository);
  return {
    service: createProfileService(dependencies, request, profiles),
    blocks: createBlockService(dependencies, request, profiles),
  };
}

export type ProfileLoader = DataLoader<string, ProfileRecord | null>;

/** Null for somebody who is not there. */
function createProfileLoader(repository: Repository): ProfileLoader {
  return new DataLoader<string, ProfileRecord | null>(async (ids) => {
    const found = await readProjection(ids.filter(isId), repository.findProfiles);
    return ids.map((id) => found.get(id) ?? (isYoung(id) && !found.has(id) ? notReady() : null));
  });
}

/** The use cases of profiles, for one request. */
function createProfileService(
  { repository, now }: ServiceDependencies,
  { viewer }: SubgraphRequest,
  profiles: ProfileLoader,
) {
  async function updateProfile(input: UpdateProfileInput): Promise<{ user: ProfileRecord }> {
    if (viewer === null) throw codedError('UNAUTHENTICATED');
    if (!canUpdateProfile(viewer)) throw codedError('FORBIDDEN');
    const changes = { displayName: checkDisplayName(input.displayName), bio: checkBio(input.bio) };
    await profiles.load(viewer.userId);
    const user = await repository.updateProfile(viewer.userId, changes, now());
    // The account is gone while its last access token still lives.
    if (user === null) throw codedError('UNAUTHENTICATED');
    return { user };
  }

  return {
    profile: (id: string) => profiles.load(id),
    lookUpUser: async (id: string) => (canLookUpUsers(viewer) ? profiles.load(id) : null),
    bio: ({ bio }: ProfileRecord) => (canReadBio(viewer) ? bio : null),
    updateProfile,
  };
}

/** The event that makes the profile has not arrived: the broker is away, say. Absent would be a lie, so it is an error. */
function notReady(): Error {
  return codedError('SUBGRAPH_UNAVAILABLE', 'The profile of this new account is not ready yet. Try again.', {
    subgraph: 'user',
  });
}

function checkDisplayName(input: string | null | undefined): string | undefined {
  if (input === undefined) return undefined;
  const parsed = parseLine(input ?? '', displayNameLimit);
  if ('text' in parsed) return parsed.text;
  const message = `A display name has 1 to ${displayNameLimit} characters on one line.`;
  throw new Failure('DISPLAY_NAME_INVALID', message, ['displayName']);
}

function checkBio(input: string | null | undefined): string | null | undefined {
  if (input === undefined || input === null) return input;
  const parsed = parseText(input, bioLimit);
  if ('text' in parsed) return parsed.text;
  if (parsed.problem === 'empty') return null;
  const message = `A text about oneself has at most ${bioLimit} characters and no control characters.`;
  throw new Failure('BIO_INVALID', message, ['bio']);
}
