import type { ConversationData } from '../customerData.ts';

/** All of it for machines: instants in ISO 8601 UTC, files in base64. */
export function customerDataJson(data: readonly ConversationData[], at: Date): string {
  const conversations = data.map(({ activities, uploads, ...rest }) => ({
    ...rest,
    activities: activities.map(({ seq, role, at: said, activity }) => ({ seq, role, at: said, activity })),
    uploads: uploads.map(({ bytes, ...file }) => ({
      ...file,
      base64: Buffer.from(bytes).toString('base64'),
    })),
  }));
  return `${JSON.stringify({ exportedAt: at, conversations }, null, 2)}\n`;
}
