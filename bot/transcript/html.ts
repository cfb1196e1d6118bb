import { type TranscriptLine, transcriptLines, type TranscriptSource } from '../transcript.ts';
import { localTime, utcTime } from './time.ts';

/** How transcripts look, on the screen and printed. */
const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a2130; }
h1 { font-size: 1.3rem; }
.about { color: #596275; }
article { margin: 0 0 1rem; padding: .5rem 1rem; border-left: 3px solid #8a93a6; break-inside: avoid; }
article.customer { border-color: #3448c5; background: #eef1fc; }
article.agent { border-color: #0d6b4c; }
article.note { border-color: #9a4a00; background: #fdf3e3; }
article.event { border-style: dashed; }
header { color: #596275; font-size: 13px; }
header strong { color: #1a2130; }
.said { white-space: pre-wrap; unicode-bidi: isolate; margin: 0; overflow-wrap: anywhere; }
.more { margin: .3rem 0 0; color: #596275; font-size: 13px; }
@media print { body { margin: 0; max-width: none; } article.customer, article.note { background: none; } }
`;

/** A page of one file, to read and print, without script; the policy in it keeps out what a text might smuggle in. */
export function page(
  { title, heading = title, about, style = '', pictures = false }: PageHead,
  main: readonly string[],
): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'${pictures ? '; img-src data:' : ''}`;
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<h1>${escape(heading)}</h1>
<p class="about">${escape(about)}</p>
<main>
${main.join('\n')}
</main>
</body>
</html>
`;
}

interface PageHead {
  title: string;
  /** The title when absent. */
  heading?: string;
  /** One line on what it is. */
  about: string;
  /** Rules beside those of transcripts. */
  style?: string;
  /** The page holds pictures, as data: addresses. */
  pictures?: boolean;
}

/** A conversation as a page. */
export function toHtml(source: TranscriptSource): string {
  const { conversation, references = [] } = source;
  const title = references.length > 0 ? `Conversation du ticket ${references.join(', ')}` : 'Conversation';
  const about = `Conversation ${conversation.id}, canal ${conversation.channel}. Heures de Paris, puis heures UTC.`;
  return page({ title, about }, transcriptLines(source).map(articleOf));
}

/** One line of a transcript. */
export function articleOf(line: TranscriptLine): string {
  const kind = line.kind === 'message' ? line.role : line.kind;
  const mark = line.kind === 'note' ? ' (note interne)' : '';
  const time = `<time datetime="${line.at.toISOString()}">${localTime(line.at)}</time> (${utcTime(line.at)})`;
  return [
    `<article class="${kind}"><header><strong>${escape(line.who)}</strong>${mark} ${time}</header>`,
    line.text && `<p class="said">${escape(line.text)}</p>`,
    ...line.attachments.map(
      ({ name, contentType }) =>
        `<p class="more">Pièce jointe\u00a0: ${escape(name)} (${escape(contentType)})</p>`,
    ),
    line.choices.length > 0 &&
      `<p class="more">Choix proposés\u00a0: ${escape(line.choices.join(' | '))}</p>`,
    '</article>',
  ]
    .filter(Boolean)
    .join('\n');
}

/** Text as HTML shows it. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
