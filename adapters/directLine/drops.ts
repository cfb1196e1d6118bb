/**
 * Why a stream was ended or refused: its client stopped reading, answered no ping, sent too many frames or a broken one;
 * what it should be sent could not be read; its conversation or address had too many already.
 */
export const DROPS = [
  'slow_reader',
  'dead_link',
  'flood',
  'bad_frame',
  'unreadable_store',
  'too_many',
] as const;
export type Drop = (typeof DROPS)[number];
