import { addressOf, createApiClient } from './api-client.js';
import { ApiFailure, ConnectionFailure } from './failures.js';

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });

function aClient(answers: Response[], renewed: string | null = 'new') {
  const sent: { address: string; options: RequestInit }[] = [];
  const renew = jest.fn(async () => renewed);
  const client = createApiClient({ current: () => 'old', renew }, async (address, options = {}) => {
    sent.push({ address: String(address), options });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer;
  });
  return { client, sent, renew };
}

test('renews an ended session once and asks again with the new token', async () => {
  const { client, sent, renew } = aClient([json(401, { code: 'session.expired' }), json(200, { login: 'anna' })]);

  const answer = await client.request('/customer-users/anna');

  expect(answer).toEqual({ login: 'anna' });
  expect(renew).toHaveBeenCalledTimes(1);
  expect(sent.map(({ options }) => new Headers(options.headers).get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
});

test('hands on the refusal when the session cannot be renewed', async () => {
  const { client } = aClient([json(401, { status: 401, code: 'session.expired' })], null);

  const asking = client.request('/customer-users/anna');

  await expect(asking).rejects.toMatchObject({ problem: { code: 'session.expired' } });
});

test('sends the version a change was made from, in quotes', async () => {
  const { client, sent } = aClient([json(200, {})]);

  await client.request('/customers/C1', { method: 'PATCH', body: { name: 'ACME' }, ifMatch: 'v7' });

  expect(new Headers(sent[0]?.options.headers).get('if-match')).toBe('"v7"');
  expect(sent[0]?.options.body).toBe('{"name":"ACME"}');
});

test('tells a refusal from a missing answer', async () => {
  const { client } = aClient([json(409, { code: 'login.taken' })]);

  await expect(client.request('/customer-users', { method: 'POST', body: {} })).rejects.toBeInstanceOf(ApiFailure);
  await expect(client.request('/customer-users')).rejects.toBeInstanceOf(ConnectionFailure);
});

test('takes a page of a proxy for an unknown failure, not for an answer', async () => {
  const page = new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
  const { client } = aClient([page]);

  await expect(client.request('/customers')).rejects.toMatchObject({ problem: { status: 502, code: 'internal' } });
});

test('leaves what is empty out of the query and escapes the rest', () => {
  const address = addressOf('/customers', { search: 'a&b +c', backend: '', cursor: null, limit: 50 });

  expect(address).toBe('/api/v1/customers?search=a%26b+%2Bc&limit=50');
});
