// A real OpenID Connect provider for tests: node oidc.mjs PORT KEY [conform]. KEY names the signing key: another name
// after a restart is a key rotation. Accounts are whoever logs in; their claims are made from the login name.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, key, thin] = [Number(process.argv[2]), process.argv[3], process.argv[4] === 'thin'];
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: `${key}-${createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 8)}` };
const client = (id) => ({
  client_id: id, token_endpoint_auth_method: 'none', application_type: 'native', grant_types: ['authorization_code'],
  response_types: ['code'], redirect_uris: ['http://127.0.0.1/signed-in'], id_token_signed_response_alg: 'ES256',
});
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client('fieldkit'), client('another')],
  jwks: { keys: [jwk] },
  pkce: { required: () => true },
  conformIdTokenClaims: thin,
  features: { devInteractions: { enabled: true }, claimsParameter: { enabled: !thin } },
  scopes: ['openid', 'profile', 'email'],
  claims: { openid: ['sub', 'groups'], profile: ['name'], email: ['email', 'email_verified'] },
  cookies: { keys: ['for tests only'] },
  findAccount: async (_, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id, name: `${id[0].toUpperCase()}${id.slice(1)} Reader`, email: `${id}@example.org`,
      email_verified: !id.startsWith('unchecked'), groups: id.startsWith('in') ? ['inspectors', 'all'] : ['all'],
    }),
  }),
});
provider.on('server_error', (_, error) => console.error(error));
provider.listen(port, '127.0.0.1', () => console.log('listening'));
