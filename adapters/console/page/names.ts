const CHANNELS: Record<string, string> = { directline: 'Site web', terminal: 'Terminal' };

/** A channel's name for agents. */
export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}
