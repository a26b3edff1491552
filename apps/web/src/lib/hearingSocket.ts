/** A WebSocket class whose every message is also told to `onMessage`. */
export function hearingSocket(onMessage: () => void): typeof WebSocket {
  return class HearingSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", onMessage);
    }
  };
}
