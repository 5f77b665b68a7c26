// What the statements of all concepts share: repositories import none of each other's, and only they know the database client.
export { firstSeqOf } from './repository.ts';
