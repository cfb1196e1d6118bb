/// <reference lib="dom" />
import { type ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { SUBJECTS } from '../../../dialogs/subjects.ts';
import { Attach, Waiting } from './Attach.tsx';
import type { Files } from './files.ts';
import type { Outgoing } from './wire.ts';

const ANYTHING = 'support_contact';
/** What the form may be about, by intent: anything first. */
const ABOUT: [string, string][] = [
  [ANYTHING, 'Une question'],
  ...Object.entries(SUBJECTS)
    .filter(([intent]) => intent !== ANYTHING && intent !== 'human_agent')
    .map(([intent, { menu }]): [string, string] => [intent, menu]),
];
const EMAIL = /^\S+@\S+\.\S+$/;
const MAX = 4_000;

interface Props {
  files: Files;
  /** What stands above the form. */
  head: ComponentChildren;
  onSend: (text: string, files: File[], form: Outgoing['form']) => void;
}

/** For shops that want no chat: all is asked at once, and one message makes the ticket. */
export function ContactForm({ files, head, onSend }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const [intent, setIntent] = useState(ANYTHING);
  const [email, setEmail] = useState('');
  const [text, setText] = useState('');
  const wrong = {
    email: EMAIL.test(email.trim()) ? '' : 'Indiquez une adresse e-mail, par exemple luc@exemple.fr.',
    text: text.trim().length >= 6 ? '' : 'Décrivez votre demande en quelques mots.',
  };
  const submit = (): void => {
    setTried(true);
    if (wrong.email) return form.current?.querySelector('input')?.focus();
    if (wrong.text) return form.current?.querySelector('textarea')?.focus();
    onSend(text.trim(), files.take(), { intent, email: email.trim() });
  };
  return (
    <form
      class="contact"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {head}
      <label for="contact-subject">Sujet</label>
      <select id="contact-subject" value={intent} onChange={(event) => setIntent(event.currentTarget.value)}>
        {ABOUT.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      <label for="contact-email">Votre adresse e-mail</label>
      <input
        id="contact-email"
        type="email"
        autocomplete="email"
        value={email}
        aria-invalid={tried && wrong.email !== ''}
        aria-describedby="contact-email-wrong"
        onInput={(event) => setEmail(event.currentTarget.value)}
      />
      <p id="contact-email-wrong" class="problem">
        {tried && wrong.email}
      </p>
      <label for="contact-text">Votre demande</label>
      <textarea
        id="contact-text"
        rows={5}
        maxLength={MAX}
        value={text}
        aria-invalid={tried && wrong.text !== ''}
        aria-describedby="contact-text-wrong"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <p id="contact-text-wrong" class="problem">
        {tried && wrong.text}
      </p>
      <Waiting files={files} onRemoved={() => form.current?.querySelector('textarea')?.focus()} />
      <div class="answers">
        <Attach files={files} onAdded={() => undefined} />
        <button type="submit" class="submit">
          Envoyer ma demande
        </button>
      </div>
      <p class="note">Jamais de mot de passe ni de numéro de carte ici</p>
    </form>
  );
}
