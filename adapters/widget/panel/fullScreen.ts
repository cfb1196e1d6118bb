/// <reference lib="dom" />
import { useEffect, useState } from 'preact/hooks';

/** Phones either way up, and pages at 200 %: the panel covers the page. The style sheet has the same condition. */
const QUERY = matchMedia('(max-width: 480px), (max-height: 480px)');

export const isFullScreen = (): boolean => QUERY.matches;

/** Whether the panel covers the page, as it is now. */
export function useFullScreen(): boolean {
  const [full, setFull] = useState(QUERY.matches);
  useEffect(() => {
    const onChange = (): void => setFull(QUERY.matches);
    QUERY.addEventListener('change', onChange);
    return () => QUERY.removeEventListener('change', onChange);
  }, []);
  return full;
}

/** On a panel that covers the page, Tab goes round inside it. */
export function keepInside(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [
    ...panel.querySelectorAll<HTMLElement>('button, select, input, textarea, a, [tabindex="0"]'),
  ].filter((stop) => !stop.closest('[inert], [hidden]'));
  const active = (panel.getRootNode() as ShadowRoot).activeElement;
  const [first, last] = [stops[0]!, stops.at(-1)!];
  const leaving = event.shiftKey ? active === first || active === panel : active === last;
  if (!leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
