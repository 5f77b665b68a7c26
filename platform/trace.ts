import { randomBytes } from 'node:crypto';

/** A W3C trace context, version 00 (https://www.w3.org/TR/trace-context/), as it stands in a `traceparent` header. */
export type TraceParent = string;

const traceParentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Continues the caller's trace, or begins one when the header is missing or malformed. */
export function continueTrace(header: string | string[] | undefined): TraceParent {
  if (typeof header === 'string' && traceParentPattern.test(header)) return header;
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

/** The 32 hexadecimal digits that name the whole trace. */
export function traceIdOf(trace: TraceParent): string {
  return trace.slice(3, 35);
}
