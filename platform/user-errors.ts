/**
 * An expected failure of a mutation. Use cases throw it, so that they read straight on; `toPayload` makes it the
 * `userErrors` of the mutation's payload. It never becomes a top-level error.
 */
export class UserFailure<Code extends string = string> extends Error {
  readonly code: Code;
  /** The path of the input field that caused it; null when no single field did. */
  readonly field: string[] | null;

  constructor(code: Code, message: string, field: string[] | null = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

interface UserErrorData<Code extends string> {
  code: Code;
  message: string;
  field: string[] | null;
}

/** The payload of a mutation: the fields that its use case resolves to, or the user error that it threw. */
export async function toPayload<Fields extends object, Code extends string>(
  useCase: Promise<Fields>,
): Promise<Partial<Fields> & { userErrors: UserErrorData<Code>[] }> {
  try {
    return { ...(await useCase), userErrors: [] };
  } catch (error) {
    if (!(error instanceof UserFailure)) throw error;
    const { code, message, field } = error as UserFailure<Code>;
    return { userErrors: [{ code, message, field }] } as Partial<Fields> & { userErrors: UserErrorData<Code>[] };
  }
}
