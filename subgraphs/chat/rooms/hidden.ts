// Repositories import none of each other's, and only they know the database client.
export { isHidden } from './repository.ts';
