/** A room, of which a viewer's read state is asked. */
export interface ReadStateRecord {
  roomId: string;
}
