import { utc } from './times.ts';

/** An instant in words; hovering shows it in UTC, for who compares with logs. */
export function Time({ at, children }: { at: string; children: string }) {
  return (
    <time dateTime={at} title={utc(new Date(at))}>
      {children}
    </time>
  );
}
