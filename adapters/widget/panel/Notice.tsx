/// <reference lib="dom" />

/** Goes along with each message, so that what the customer was told is on record; change it with the text. */
export const NOTICE_VERSION = '2026-11';

interface Props {
  shop: string;
  /** Address of the shop's privacy page. */
  privacy: string | undefined;
}

/** What happens with what is written here; the first thing in the conversation. */
export function Notice({ shop, privacy }: Props) {
  return (
    <p class="data-notice">
      Vos messages servent à {shop} à traiter votre demande, et sont gardés le temps de la suivre. Vous pouvez
      les télécharger ou les supprimer à tout moment (menu en haut).
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
