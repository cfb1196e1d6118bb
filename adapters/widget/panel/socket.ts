/// <reference lib="dom" />
import type { Frame } from './wire.ts';

/** Two beats without an answer are a dead link, so it is noticed within 20 seconds. */
const HEARTBEAT_MS = 10_000;

/** A WebSocket that is listened to until it closes, stops answering, or is left. */
export interface Listening {
  ended: Promise<void>;
  /** Asks whether the other side lives. */
  beat(): void;
  leave(): void;
}

/** Opens a WebSocket, and calls it dead when two beats stay unanswered. */
export function listen(url: string, onOpen: () => void, onFrame: (frame: Frame) => void): Listening {
  const socket = new WebSocket(url);
  let heard = true;
  let end: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const beat = (): void => {
    if (!heard) return leave();
    heard = false;
    if (socket.readyState === WebSocket.OPEN) socket.send('');
  };
  const heartbeat = setInterval(beat, HEARTBEAT_MS);
  const leave = (): void => {
    clearInterval(heartbeat);
    // Browsers may take a minute to close a dead link; it is left behind, and may say nothing more.
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    end();
  };
  socket.onopen = () => {
    heard = true;
    onOpen();
  };
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    heard = true;
    if (data !== '') onFrame(JSON.parse(data) as Frame);
  };
  socket.onclose = leave;
  return { ended, beat, leave };
}
