import { SUBJECTS } from '../../../dialogs/subjects.ts';

const CHANNELS: Record<string, string> = { directline: 'Site web', terminal: 'Terminal', msteams: 'Teams' };

/** A channel's name for agents. */
export function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

const OTHER_LABELS: Readonly<Record<string, string>> = {
  out_of_scope: 'Hors sujet',
  greeting: 'Salutation',
  thanks_goodbye: 'Remerciement, au revoir',
  ignore: 'Ne rien apprendre',
};

/** What a sentence may be labelled as, in words. */
export function labelName(label: string): string {
  return SUBJECTS[label]?.agents ?? OTHER_LABELS[label] ?? label;
}

const DELIVERIES: Readonly<Record<string, string>> = {
  support_email: 'E-mail au support',
  customer_email: 'E-mail au client',
  webhook: 'Webhook',
  chatwoot: 'Chatwoot',
  zendesk: 'Zendesk',
};

/** A kind of delivery in words. */
export function deliveryName(kind: string): string {
  return DELIVERIES[kind] ?? kind;
}
