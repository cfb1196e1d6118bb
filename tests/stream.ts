import { WebSocket } from 'ws';

/** An activity as clients get it. */
export interface Wire {
  type: string;
  id: string;
  text?: string;
  from: { id: string; name?: string; role: string };
  replyToId?: string;
  channelData?: Record<string, unknown>;
}

interface Frame {
  activities: Wire[];
  watermark: string;
}

export interface Stream {
  socket: WebSocket;
  /** The next frame that is no heartbeat. */
  next(): Promise<Frame>;
}

/** Opens a Direct Line stream. */
export async function openStream(streamUrl: string, origin?: string): Promise<Stream> {
  const socket = new WebSocket(streamUrl, origin === undefined ? {} : { origin });
  const frames: Frame[] = [];
  const waiting: ((frame: Frame) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    if (data.length === 0) return;
    const frame = JSON.parse(data.toString()) as Frame;
    const taker = waiting.shift();
    if (taker) taker(frame);
    else frames.push(frame);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const next = (): Promise<Frame> => {
    const ready = frames.shift();
    return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
  };
  return { socket, next };
}
