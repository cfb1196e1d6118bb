import { toCustomer } from './envelope.ts';
import { redact } from './redaction.ts';
import type { AgentRecord, ConversationRecord, TurnCommit, Upload } from './store.ts';

type Entry = TurnCommit['activities'][number];

/**
 * What an agent says to the customer, as an activity of the conversation. To channels it comes from the bot's side
 * (`from.role`), under the agent's name; `channelData.role` is "agent" for clients that show who speaks.
 * Agents quote customers, so their words are redacted too.
 */
export function agentMessage(
  agent: Pick<AgentRecord, 'id' | 'name'>,
  text: string,
  conversation: ConversationRecord,
  at: Date,
  uploads: readonly Upload[] = [],
): Entry {
  return {
    role: 'agent',
    at,
    activity: {
      type: 'message',
      ...toCustomer(conversation, at, { id: `agent-${agent.id}`, name: agent.name, role: 'bot' }),
      locale: 'fr-FR',
      text: redact(text).text,
      textFormat: 'plain',
      ...(uploads.length > 0 && {
        attachments: uploads.map(({ id, name, contentType }) => ({
          contentType,
          name,
          contentUrl: `upload:${id}`,
        })),
      }),
      channelData: { role: 'agent' },
    },
  };
}
