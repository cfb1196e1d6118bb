import { Provider } from 'oidc-provider';

/**
 * A real OpenID Connect provider as a process of its own, on the port given: `node tests/openIdProvider.ts PORT REDIRECT`.
 * Whoever signs in as NAME is NAME@boutique.fr; "unverified" has an address that the provider does not vouch for.
 */
const [, , port = '0', redirect = ''] = process.argv;
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'guichet', client_secret: 'secret-of-guichet', redirect_uris: [redirect] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  findAccount: (_context: unknown, id: string) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@boutique.fr`, email_verified: id !== 'unverified' }),
  }),
  pkce: { required: () => true },
});
provider.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
