import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, fetch, type RequestInit, type Response } from 'undici';
import { PrivateTargetError } from './privateTargetError.ts';

/** Sends one request to a target that the settings name; redirects come back as they are. */
export type TargetFetch = (url: string, init: RequestInit) => Promise<Response>;

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `fetch` for webhooks and helpdesks that reaches public addresses alone: what is checked is the very address that is
 * connected to, so that a name that points inwards, or begins to between two requests, leads nowhere. A redirect is not
 * followed.
 * @param privateTargets hosts that may be at private addresses: PRIVATE_TARGETS
 * @param resolver how names become addresses; the system's way by default
 */
export function targetFetch(privateTargets: readonly string[], resolver: Resolve = resolve): TargetFetch {
  const toAny = buildConnector({});
  const toPublic = buildConnector({ lookup: publicOnly(resolver) });
  const dispatcher = new Agent({
    connect: (options, done) => {
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (privateTargets.includes(host)) return toAny(options, done);
      // An address in the place of a name is connected to without being looked up.
      if (isIP(host) && !isPublic(host)) return done(new PrivateTargetError(host, host), null);
      toPublic(options, done);
    },
  });
  return async (url, init) => {
    try {
      return await fetch(url, { ...init, redirect: 'manual', dispatcher });
    } catch (error) {
      // fetch says "fetch failed"; why stands in its cause.
      const cause = error instanceof Error ? error.cause : undefined;
      throw cause instanceof PrivateTargetError ? cause : error;
    }
  };
}

/** Whether an address is of the public internet: neither private, loopback, link-local (metadata services) nor reserved. */
export function isPublic(address: string): boolean {
  // `process` reads ::ffff:10.0.0.1 as the IPv4 address that it is.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Resolves a name to its addresses, if all of them are public. */
function publicOnly(resolver: Resolve): LookupFunction {
  return (host, options, done) =>
    resolver(host, { ...options, all: true }, (error, addresses) => {
      const inward = addresses?.find(({ address }) => !isPublic(address));
      if (error) return done(error, '', 0);
      if (inward) return done(new PrivateTargetError(host, inward.address), '', 0);
      if (options.all) return done(null, addresses);
      done(null, addresses[0]!.address, addresses[0]!.family);
    });
}
