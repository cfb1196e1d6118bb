/// <reference lib="dom" />
import type { Shown } from './shown.ts';
import { Said } from './Message.tsx';
import { pictureLine, speaker, WHEN } from './transcript.ts';

/** The conversation on paper: who said what and when, in black on white. Nothing of it is on the screen. */
export function Printed({ messages, shop }: { messages: readonly Shown[]; shop: string }) {
  return (
    <div class="printed">
      <h1>Conversation avec le support de {shop}</h1>
      {messages.map((message) => (
        <div key={message.key}>
          <h2>
            {speaker(message)} <span>{WHEN.format(message.at)}</span>
          </h2>
          <Said message={message} />
          {message.pictures.map((picture) => (
            <p key={picture.name}>{pictureLine(picture)}</p>
          ))}
        </div>
      ))}
    </div>
  );
}
