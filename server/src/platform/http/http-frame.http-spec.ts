import { startTestApp, type TestApp } from '../../../testing/app.js';

describe('the HTTP frame', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  it('answers an unknown address with a problem', async () => {
    const answer = await test.ask('/api/v1/nothing-here');

    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toEqual({
      type: 'urn:clientele:problem:not-found',
      title: 'There is no such thing here',
      status: 404,
      code: 'not-found',
      issues: [],
      correlationId: answer.headers['x-correlation-id'],
    });
  });
});
