import { type FormState, nextSlot, renewForm } from '../../dialogs/form.ts';
import { flowOf } from '../../dialogs/index.ts';
import { readMemory } from '../../bot/memory.ts';
import { Chat } from '../chat.ts';
import { keepTurn } from '../storedTurn.ts';

/* Conversations that were open when a new release was installed. */

let chat: Chat;
beforeEach(async () => {
  chat = new Chat();
  await chat.open();
});
afterEach(() => chat.end());

/** What the first release stored in the middle of a form: version 1, without what came later. */
const stored = (form: Partial<FormState>, more: object = {}): object => ({
  version: 1,
  dialogs: {
    dialogStack: [
      {
        id: 'lost_parcel',
        state: { values: {}, sources: {}, skipped: [], attempts: 0, phase: 'asking', ...form },
      },
    ],
  },
  misunderstood: 0,
  removed: [],
  ...more,
});

async function install(state: object): Promise<void> {
  await chat.withStore(async (store) => {
    await keepTurn(store, chat.conversationId, { state });
  });
}

test('a form of the first release goes on where it was', async () => {
  await install(
    stored({
      values: { orderNumber: '100245' },
      sources: { orderNumber: 'spotted' },
      asking: 'trackingNumber',
    }),
  );
  expect((await chat.says('6A12345678901')).text).toContain('livré');
});

test('a recap of the first release is sent', async () => {
  const values = { orderNumber: '100245', description: 'la boîte est vide' };
  await install(stored({ values, skipped: ['trackingNumber', 'saysDelivered', 'email'], phase: 'recap' }));
  await chat.says('Envoyer');
  expect((await chat.tickets())[0]!.details).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'orderNumber', value: '100245' })]),
  );
});

test('a question of the first release is still answered', async () => {
  await install(
    stored(
      { values: { orderNumber: '100245', trackingNumber: '6A12345678901' } },
      { pending: { kind: 'cancel' } },
    ),
  );
  expect((await chat.says('non')).text).toContain('continuons');
});

test('a flow that gained a question asks it, and keeps the answers to the others', async () => {
  await install(
    stored({ values: { orderNumber: '100245', description: 'la boîte est vide' }, asking: 'email' }),
  );
  expect((await chat.says('luc@exemple.fr')).text).toContain('numéro de suivi');
});

test('a flow that lost a question forgets it, and the conversation goes on', async () => {
  await install(stored({ values: { orderNumber: '100245', colour: 'bleu' }, asking: 'colour' }));
  expect((await chat.says('6A12345678901')).text).toContain('livré');
});

test('a renamed detail keeps its value, its source and its question', () => {
  const flow = {
    ...flowOf('lost_parcel')!,
    renamed: { parcelNumber: 'trackingNumber', order: 'orderNumber' },
  };
  const form = renewForm(flow, {
    values: { order: '100245' },
    sources: { order: 'asked' },
    skipped: ['parcelNumber'],
    asking: 'parcelNumber',
  });
  expect(form).toMatchObject({
    values: { orderNumber: '100245' },
    sources: { orderNumber: 'asked' },
    skipped: ['trackingNumber'],
    asking: 'trackingNumber',
    attempts: 0,
    phase: 'asking',
  });
  expect(nextSlot(flow, form)!.name).toBe('saysDelivered');
});

test('memory of any earlier shape is brought to this one’s, and the stored one stays as it was', () => {
  const old = { version: 1, dialogs: { dialogStack: [] }, misunderstood: 1, removed: [] };
  expect(readMemory(old)).toMatchObject({
    version: 2,
    misunderstood: 1,
    next: [],
    offered: [],
    recalled: [],
  });
  expect(readMemory({})).toMatchObject({ version: 2, misunderstood: 0 });
  expect(old).toEqual({ version: 1, dialogs: { dialogStack: [] }, misunderstood: 1, removed: [] });
});
