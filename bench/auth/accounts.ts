/** The password of everybody in the bench. */
export const password = 'the password of everybody in this bench';

/** Names whoever signs in next. Each caller has people of its own, so that no two sign in the same one at the same time. */
export function createLoginPicker(logins: readonly string[]): (caller: number, concurrency: number) => string {
  let turn = 0;
  return (caller, concurrency) => {
    turn += 1;
    const perCaller = Math.floor(logins.length / concurrency);
    return logins[caller + concurrency * (turn % perCaller)] as string;
  };
}
