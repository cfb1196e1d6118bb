/// <reference lib="dom" />

/** An https address without the punctuation after it, a mailto, or an e-mail address. */
const LINK = /(https:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/** Text as text: https and e-mail addresses become links, and nothing else becomes anything. */
export function Text({ text }: { text: string }) {
  return (
    <>
      {text.split('\n\n').map((paragraph, i) => (
        <p key={i}>
          {paragraph.split(LINK).map((part, j) => {
            // split() with one group: the odd parts are the matches.
            if (j % 2 === 0) return part;
            if (part.startsWith('https:')) return <Outside href={part} text={part} />;
            const address = part.replace(/^mailto:/, '');
            return <a href={`mailto:${address}`}>{address}</a>;
          })}
        </p>
      ))}
    </>
  );
}

function Outside({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
