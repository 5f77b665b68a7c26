// Repositories import none of each other's, and only they know the database client.
export { messageColumns } from './repository.ts';
