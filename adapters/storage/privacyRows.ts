import type { Kysely } from 'kysely';
import type { ConversationVersion, Cutoffs, DataSubject, PrivacyRows, Upload } from '../../bot/store.ts';
import { erase } from './erasure.ts';
import type { Tables } from './schema.ts';
import { conversationsNaming, conversationsOf } from './subjectRows.ts';

export class SqlPrivacy implements PrivacyRows {
  private readonly db: Kysely<Tables>;
  private readonly engine: { afterRewrite(): boolean };

  constructor(db: Kysely<Tables>, engine: { afterRewrite(): boolean }) {
    this.db = db;
    this.engine = engine;
  }

  conversationsOf(subject: DataSubject): Promise<string[]> {
    return conversationsOf(this.db, subject);
  }

  async mentionsOf(email: string): Promise<string[]> {
    const own = await this.conversationsOf({ email });
    return (await conversationsNaming(this.db, email)).filter((id) => !own.includes(id));
  }

  async uploadsOf(conversationId: string): Promise<Upload[]> {
    const rows = await this.db
      .selectFrom('uploads')
      .selectAll()
      .where('conversation_id', '=', conversationId)
      .orderBy('id')
      .execute();
    return rows.map(({ id, name, content_type, bytes }) => ({ id, name, contentType: content_type, bytes }));
  }

  async sentencesOf(conversationId: string): Promise<string[]> {
    const rows = await this.db
      .selectFrom('misunderstood')
      .select('body')
      .where('conversation_id', '=', conversationId)
      .orderBy('at')
      .execute();
    return rows.map(({ body }) => body);
  }

  async overdue({ chats, tickets }: Cutoffs, limit: number): Promise<ConversationVersion[]> {
    const before = (cutoff: Date, withTickets: boolean) =>
      this.db
        .selectFrom('conversations')
        .leftJoin('activities', (join) =>
          join
            .onRef('activities.conversation_id', '=', 'conversations.id')
            .onRef('activities.seq', '=', 'conversations.last_seq'),
        )
        .select(['conversations.id', 'conversations.version'])
        .where('conversations.created_at', '<', cutoff.toISOString())
        .where((e) =>
          e(e.fn.coalesce('activities.at', 'conversations.created_at'), '<', cutoff.toISOString()),
        )
        .where((e) => {
          const ofIt = e
            .selectFrom('tickets')
            .select('reference')
            .whereRef('tickets.conversation_id', '=', 'conversations.id');
          if (!withTickets) return e.not(e.exists(ofIt));
          const kept = ofIt.where((t) =>
            t.or([t('status', '=', 'open'), t('updated_at', '>=', cutoff.toISOString())]),
          );
          return e.and([e.exists(ofIt), e.not(e.exists(kept))]);
        })
        .where((e) =>
          e.not(
            e.exists(
              e
                .selectFrom('handoffs')
                .select('id')
                .whereRef('handoffs.conversation_id', '=', 'conversations.id')
                .where('ended_at', 'is', null),
            ),
          ),
        )
        .orderBy('conversations.created_at')
        .limit(limit)
        .execute();
    const found = [...(await before(chats, false)), ...(await before(tickets, true))];
    return found.slice(0, limit);
  }

  async eraseIfUnchanged({ id, version }: ConversationVersion): Promise<boolean> {
    return this.db.transaction().execute((trx) => erase(trx, id, version));
  }

  async eraseUploads(before: Date, limit: number): Promise<number> {
    const cutoff = before.toISOString();
    const rows = await this.db
      .selectFrom('uploads')
      .innerJoin('conversations', 'conversations.id', 'uploads.conversation_id')
      .select('uploads.id')
      .where((e) => e(e.fn.coalesce('uploads.at', 'conversations.created_at'), '<', cutoff))
      .limit(limit)
      .execute();
    if (rows.length === 0) return 0;
    await this.db
      .deleteFrom('uploads')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    return rows.length;
  }

  async sweep(): Promise<boolean> {
    return this.engine.afterRewrite();
  }
}
