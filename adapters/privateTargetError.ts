/** A target's host leads to an address that is not public; the message says what to do. */
export class PrivateTargetError extends Error {
  constructor(host: string, address: string) {
    super(
      `${host} is at the private address ${address}, where nothing is sent; ` +
        `if that is meant, add ${host} to PRIVATE_TARGETS, restart, and send again.`,
    );
    this.name = 'PrivateTargetError';
  }
}
