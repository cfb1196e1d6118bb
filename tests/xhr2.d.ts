declare module 'xhr2' {
  /** The part of it that is extended here; the official client uses the rest as a browser's. */
  export default class XMLHttpRequest {
    setRequestHeader(name: string, value: string): void;
    send(body?: unknown): void;
  }
}
