/** Puts together what several concepts resolve of the same types: the fields of all of them. */
export function mergeResolvers<Resolvers extends object>(parts: readonly Resolvers[]): Resolvers {
  const merged: Record<string, object> = {};
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) {
      // A scalar comes whole, from one part.
      merged[type] = type in merged ? { ...merged[type], ...fields } : fields;
    }
  }
  return merged as Resolvers;
}
