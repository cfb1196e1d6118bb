import { Chat, WEDNESDAY } from '../chat.ts';
import { LEA, TestDesk } from '../desk.ts';

export let chat: Chat;
export let desk: TestDesk;

/** A customer and a desk, anew for each test of the file. */
export function deskStage(): void {
  beforeEach(async () => {
    chat = new Chat();
    desk = new TestDesk(chat, WEDNESDAY);
    await chat.open();
  });
  afterEach(() => chat.end());
}

/** What was said so far, with plain spaces. */
export async function lines(): Promise<string[]> {
  return (await chat.transcript()).map((line) => line.replace(/[\u00a0\u202f]/g, ' '));
}

/** What was said last. */
export async function last(): Promise<string> {
  return (await lines()).at(-1)!;
}

/** The customer asks for a human while Léa is there, and waits. */
export async function waits(): Promise<void> {
  await desk.present(LEA);
  await chat.says('parler à un humain');
  await chat.says('Discuter maintenant');
}

/** She takes the talk. */
export async function talkBegins(): Promise<void> {
  await waits();
  await desk.does((d, reference) => d.claim(reference, LEA));
}
