import { createHash } from 'node:crypto';
import type { Attachment, InvokeResponse } from 'botbuilder';
import type { Now } from '../../bot/clock.ts';
import { says } from '../../bot/render.ts';
import type { OutboxRow, Store } from '../../bot/store.ts';
import type { Turns } from '../../bot/turn.ts';
import { readText } from '../directLine/activities.ts';
import {
  readFiles,
  readSaid,
  readSubmitted,
  type SentFile,
  type Submitted,
  type TeamsActivity,
} from './activity.ts';
import { cardIn, used } from './cards.ts';
import { deleteMessage, editMessage, messageKey } from './edits.ts';
import { CHANNEL, type Place, placeOf } from './place.ts';
import { teamsTexts } from './texts.ts';

export interface InboundParts {
  store: Store;
  turns: Turns;
  now: Now;
}

/** Teams sends what it had no answer to in time again, half a minute later, under another id. */
const RESENT_WITHIN_MS = 120_000;

/** What becomes of an activity that was authenticated: a turn, a change of the transcript, or nothing. */
export class Inbound {
  private readonly parts: InboundParts;

  constructor(parts: InboundParts) {
    this.parts = parts;
  }

  /** @returns the answer to an invoke. */
  async take(activity: TeamsActivity): Promise<InvokeResponse | undefined> {
    const place = placeOf(activity);
    switch (activity.type) {
      case 'message':
        await this.message(activity, place);
        return undefined;
      case 'messageUpdate':
        await editMessage(this.parts, place.id, activity.id!, this.readWhole(activity).text);
        return undefined;
      case 'messageDelete':
        await deleteMessage(this.parts, place.id, activity.id!);
        return undefined;
      case 'conversationUpdate':
      case 'installationUpdate':
        await this.installation(activity, place);
        return undefined;
      case 'invoke':
        return activity.name === 'adaptiveCard/action' ? this.clicked(activity, place) : { status: 501 };
      default:
        return undefined;
    }
  }

  private async message(activity: TeamsActivity, place: Place): Promise<void> {
    const submitted = readSubmitted(activity);
    if (submitted) {
      if (isOwn(submitted, place)) await this.choose(submitted, place, activity);
      return;
    }
    const { mentioned } = readSaid(activity);
    // Where an app may read all of a channel, what is not said to the bot is none of its business.
    if (place.reach.shared && !mentioned) return;
    const { text, cut } = this.readWhole(activity);
    const files = readFiles(activity);
    await this.open(place);
    const key = messageKey(activity.id!);
    const alsoKey = await this.resentKey(activity, place);
    if (text !== '' || files.length === 0) {
      await this.parts.turns.run({
        conversationId: place.id,
        kind: 'message',
        from: who(place),
        // A bare mention is a greeting.
        text: text || 'bonjour',
        cut,
        key,
        ...(alsoKey !== undefined && { alsoKey }),
      });
    }
    if (files.length > 0) await this.fetchLater(files, place, `${alsoKey ?? key}:files`);
  }

  /** The text as it may be stored: without the mention, well-formed, of bounded length. */
  private readWhole(activity: TeamsActivity): { text: string; cut: boolean } {
    return readText({ type: 'message', text: readSaid(activity).text });
  }

  /** A second key, by what was said when: the same under another id is the same message, for two minutes. */
  private async resentKey(activity: TeamsActivity, place: Place): Promise<string | undefined> {
    const { from, text, value, localTimestamp } = activity;
    if (!localTimestamp) return undefined;
    const content = JSON.stringify([from.id, text ?? value, localTimestamp]);
    const key = `teams-content:${createHash('sha256').update(content).digest('base64url')}`;
    const before = await this.parts.store.answeredBefore(place.id, key);
    const age = before?.[0] ? this.parts.now().getTime() - before[0].at.getTime() : 0;
    return age < RESENT_WITHIN_MS ? key : undefined;
  }

  /** Files are fetched by the outbox: the channel has its answer before, and a slow OneDrive slows no one. */
  private async fetchLater(files: readonly SentFile[], { id, reach }: Place, key: string): Promise<void> {
    const { turns } = this.parts;
    await turns.change(
      id,
      (conversation, at) =>
        reach.shared
          ? { activities: [says({ text: teamsTexts.filesInPrivate }, conversation, at)] }
          : {
              outbox: files.map((file, i): OutboxRow => ({
                id: `teams-file-${id}-${key}-${i}`,
                kind: 'teams_file',
                payload: { conversationId: id, ...file },
                createdAt: at,
                lane: `teams-files:${id}`,
              })),
            },
      key,
    );
  }

  private async clicked(activity: TeamsActivity, place: Place): Promise<InvokeResponse> {
    const submitted = readSubmitted(activity);
    if (!submitted) return { status: 400 };
    if (!isOwn(submitted, place)) return shown(teamsTexts.othersCard);
    const chosen = await this.choose(submitted, place, activity);
    const stored =
      submitted.card === undefined ? [] : await this.parts.store.activities(place.id, submitted.card - 1, 1);
    const card = stored[0] && cardIn(stored[0].activity);
    return card ? replacedBy(used(card, chosen)) : shown(chosen);
  }

  /**
   * A choice means what typing it does. A card is used once: the second click finds what the first one gave.
   * @returns the choice that counts
   */
  private async choose({ choice, card }: Submitted, place: Place, activity: TeamsActivity): Promise<string> {
    await this.open(place);
    const key = card === undefined ? activity.id && messageKey(activity.id) : `teams-card:${card}`;
    const { activities } = await this.parts.turns.run({
      conversationId: place.id,
      kind: 'message',
      from: who(place),
      text: choice,
      ...(key && { key }),
    });
    return activities[0]?.activity.text ?? choice;
  }

  /** The bot came into a conversation, or left it; others who come and go are no matter. */
  private async installation(activity: TeamsActivity, place: Place): Promise<void> {
    const { type, action, membersAdded, membersRemoved, recipient } = activity;
    const isUs = ({ id }: { id: string }): boolean => id === recipient.id;
    const installs = type === 'installationUpdate';
    const came = installs ? (action ?? '').startsWith('add') : (membersAdded ?? []).some(isUs);
    const left = installs ? (action ?? '').startsWith('remove') : (membersRemoved ?? []).some(isUs);
    const { store, turns } = this.parts;
    if (left && (await store.conversation(place.id))) {
      await store.setReach(place.id, { ...place.reach, refused: true });
    }
    if (!came) return;
    await this.open(place);
    if (!place.reach.shared) {
      await turns.run({ conversationId: place.id, kind: 'start', from: who(place), text: '', key: 'start' });
      return;
    }
    // How many would read it, only the connector knows; it is asked from the outbox.
    await turns.change(
      place.id,
      (_, at) => ({
        outbox: [
          {
            id: `teams-welcome-${place.id}`,
            kind: 'teams_welcome',
            payload: { conversationId: place.id },
            createdAt: at,
          },
        ],
      }),
      'install',
    );
  }

  /** The conversation is in the store, reached as the channel last said; who writes is reached again. */
  private async open({ id, userId, reach }: Place): Promise<void> {
    const { store, now } = this.parts;
    const { created } = await store.openConversation({ id, channel: CHANNEL, userId, now: now(), reach });
    if (created) return;
    const known = await store.conversation(id);
    if (JSON.stringify(known?.reach) !== JSON.stringify(reach)) await store.setReach(id, reach);
  }
}

function who({ userId, reach }: Place): { id: string; name: string } {
  return { id: userId, name: reach.address.customer.name };
}

function isOwn({ of }: Submitted, { id }: Place): boolean {
  return of === undefined || of === id;
}

/** The card takes the place of the one clicked. */
function replacedBy({ contentType, content }: Attachment): InvokeResponse {
  const value: unknown = content;
  return { status: 200, body: { statusCode: 200, type: contentType, value } };
}

/** Words in answer to a click, where no card takes the place of the one clicked. */
function shown(value: string): InvokeResponse {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
  };
}
