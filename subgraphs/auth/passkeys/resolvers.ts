import { toPayload } from '../../../platform/user-errors.ts';
import type { Resolvers } from '../schema.types.ts';

export const passkeyResolvers = {
  Mutation: {
    startPasskeyRegistration: (_parent, _args, { passkeys }) => toPayload(passkeys.startRegistration()),
    registerPasskey: (_parent, { input }, { passkeys }) => toPayload(passkeys.register(input)),
    renamePasskey: (_parent, { input }, { passkeys }) => toPayload(passkeys.rename(input)),
    removePasskey: (_parent, { input }, { passkeys }) => toPayload(passkeys.remove(input)),
    startPasskeyLogin: (_parent, _args, { passkeys }) => toPayload(passkeys.startLogin()),
    loginWithPasskey: (_parent, { input }, { passkeys }) => toPayload(passkeys.login(input)),
    startPasskeyConfirmation: (_parent, _args, { passkeys }) => toPayload(passkeys.startConfirmation()),
  },
  AccountSecurity: {
    passkeys: (account, _args, { passkeys }) => passkeys.list(account),
  },
} satisfies Resolvers;
