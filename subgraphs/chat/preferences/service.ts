import { requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone } from '../failure.ts';
import { canReadOwn, canWriteToRooms } from '../policy.ts';
import type { UpdateChatSettingsInput } from '../schema.types.ts';
import { findPreferences, type Preferences, savePreferences } from './repository.ts';

/** The use cases of what people choose for all their rooms, for one request. */
export function createPreferenceService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database } = dependencies;

  async function updateChatSettings(input: UpdateChatSettingsInput): Promise<{ settings: Preferences }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    await requireKnownAccount(dependencies, userId);
    const settings = await savePreferences(database, userId, input);
    if (settings === null) throw accountGone();
    return { settings };
  }

  /** Known to nobody but the person. */
  async function preferencesOf(userId: string): Promise<Preferences | null> {
    return canReadOwn(request.viewer, userId) ? findPreferences(database, userId) : null;
  }

  return { updateChatSettings, preferencesOf };
}
