/// <reference lib="dom" />
import { useLayoutEffect, useState } from 'preact/hooks';

/** On paper, the page around the widget makes room for the conversation. */
const PAGE = 'body > :not([data-printing]) { display: none !important; }';

/**
 * Prints the conversation: the page is printed, with nothing of it to be seen but what `printing` has the panel draw for paper
 * (an iframe would be printed with the page around it on phones).
 */
export function usePrint({ host }: ShadowRoot): { printing: boolean; print: () => void } {
  const [printing, setPrinting] = useState(false);
  useLayoutEffect(() => {
    if (!printing) return;
    const sheet = new CSSStyleSheet({ media: 'print' });
    sheet.replaceSync(PAGE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    host.toggleAttribute('data-printing', true);
    const done = (): void => setPrinting(false);
    addEventListener('afterprint', done);
    print();
    return () => {
      removeEventListener('afterprint', done);
      host.toggleAttribute('data-printing', false);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [printing]);
  return { printing, print: () => setPrinting(true) };
}
