/**
 * Order ids that were given out to one gateway login. The gateway takes its own counter back when it restarts, and would
 * then give an id to two orders; what is kept here never goes back.
 */
export interface OrderIdStore {
  /**
   * An order id of at least `atLeast` that was never answered before for this login and client id. It is durable before it
   * is answered; ids may be skipped, never repeated.
   */
  reserve(clientId: number, atLeast: number): Promise<number>;
}
