/// <reference lib="dom" />

/** What the server says of the data; its version goes along with each message (session.ts). */
export interface NoticeText {
  text: string;
  /** The shop's privacy page, as the server knows it. */
  privacyUrl?: string;
}

interface Props {
  notice: NoticeText | undefined;
  /** Address of the shop's privacy page, as the page says it. */
  privacy: string | undefined;
}

/** What happens with what is written here; the first thing in the conversation, and not announced as a message when it comes. */
export function Notice({ notice, privacy = notice?.privacyUrl }: Props) {
  if (!notice) return null;
  return (
    <p class="data-notice" aria-live="off">
      {notice.text} Vous pouvez les télécharger ou les supprimer à tout moment (menu en haut).
      {privacy && (
        <>
          {' '}
          <a href={privacy} target="_blank" rel="noopener noreferrer">
            Vos droits
          </a>
        </>
      )}
    </p>
  );
}
