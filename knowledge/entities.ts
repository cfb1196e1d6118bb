import { findAmounts } from './entities/amounts.ts';
import { findBrowsers } from './entities/browsers.ts';
import { findDates } from './entities/dates.ts';
import { findEmails } from './entities/email.ts';
import { findLookalikes } from './entities/lookalikes.ts';
import { toMessage } from './entities/message.ts';
import type { Finding } from './entities/message.ts';
import { findBareOrderNumbers, findCuedOrderNumbers } from './entities/orderNumbers.ts';
import { findTimes } from './entities/times.ts';
import { findTracking } from './entities/tracking.ts';
import type { TrackingFormat } from './entities/tracking.ts';
import { findUrls } from './entities/urls.ts';

export { readAmount } from './entities/amounts.ts';
export { readBrowser } from './entities/browsers.ts';
export { emailTypoHint, readEmail } from './entities/email.ts';
export { DEFAULT_ORDER_NUMBER, readOrderNumber } from './entities/orderNumbers.ts';
export { readTime } from './entities/times.ts';
export { readTracking, TRACKING_FORMATS } from './entities/tracking.ts';
export type { Tracking, TrackingFormat } from './entities/tracking.ts';
export { readUrl } from './entities/urls.ts';
export { readDate, readDateTime } from './entities/when.ts';

export type EntityKind =
  'order_number' | 'tracking_number' | 'email' | 'date' | 'time' | 'browser' | 'url' | 'amount';

export interface Entity {
  kind: EntityKind;
  /** One form for each kind: 2026-11-22, 18:05, 59.90 EUR, CMD-654321, luc@exemple.fr, Chrome. */
  value: string;
  /** As typed. */
  text: string;
  /** Offset of `text` in the message. */
  index: number;
}

export interface EntityOptions {
  now: Date;
  /** The shop's order numbers: a regular expression source, matched case-insensitively. */
  orderNumber?: string;
  /** The carriers' formats; by default TRACKING_FORMATS. */
  trackingFormats?: TrackingFormat[];
}

interface Claim extends Finding {
  kind: EntityKind | 'lookalike';
}

/**
 * The entities of a message, in the order typed, without overlaps. Dates are those of Paris, past unless said
 * otherwise. Of two readings of the same characters the longer one holds ("48h chrono" is no time), then the
 * first of the list below.
 */
export function findEntities(message: string, options: EntityOptions): Entity[] {
  const read = toMessage(message);
  const sure: Claim[] = [
    ...claim('url', findUrls(read)),
    ...claim('email', findEmails(read)),
    ...claim('tracking_number', findTracking(read, options.trackingFormats)),
    ...claim('order_number', findCuedOrderNumbers(read, options.orderNumber)),
  ];
  const likely: Claim[] = [
    ...claim('amount', findAmounts(read)),
    ...claim('date', findDates(read, options.now)),
    ...claim('time', findTimes(read)),
    ...claim('browser', findBrowsers(read)),
    ...claim('order_number', findBareOrderNumbers(read, options.orderNumber)),
  ];
  // Most messages hold nothing, so what looks like something need not be sought.
  if (sure.length + likely.length === 0) return [];
  const claims = [...sure, ...claim('lookalike', findLookalikes(read)), ...likely];
  return withoutOverlaps(claims, message.length).flatMap(({ kind, value, index, length }) =>
    kind === 'lookalike' ? [] : [{ kind, value, text: message.slice(index, index + length), index }],
  );
}

function claim(kind: Claim['kind'], findings: Finding[]): Claim[] {
  return findings.map((finding) => ({ kind, ...finding }));
}

function withoutOverlaps(claims: Claim[], length: number): Claim[] {
  const taken = new Uint8Array(length);
  const kept = claims
    .sort((a, b) => b.length - a.length)
    .filter((finding) => {
      const last = finding.index + finding.length - 1;
      // Longer claims came first, so one that overlaps covers an end of this one.
      if (taken[finding.index] || taken[last]) return false;
      taken.fill(1, finding.index, last + 1);
      return true;
    });
  return kept.sort((a, b) => a.index - b.index);
}
