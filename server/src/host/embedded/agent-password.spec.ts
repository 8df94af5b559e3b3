import { hashAgentPassword, verifyAgentPassword } from './agent-password.js';

describe('passwords of agents', () => {
  it('are known again by their hash, and others are not', async () => {
    const hash = await hashAgentPassword('correct horse');

    await expect(verifyAgentPassword('correct horse', hash)).resolves.toBe(true);
    await expect(verifyAgentPassword('correct horsf', hash)).resolves.toBe(false);
  });

  it('are hashed with scrypt and a salt each', async () => {
    const [one, other] = await Promise.all([hashAgentPassword('same'), hashAgentPassword('same')]);

    expect(one).toMatch(/^scrypt\$17\$8\$1\$[\w+/=]{24}\$[\w+/=]{44}$/);
    expect(one).not.toBe(other);
  });

  it('are the same however the keyboard composes the letters', async () => {
    const hash = await hashAgentPassword('M\u00fcller-12345');

    await expect(verifyAgentPassword('Mu\u0308ller-12345', hash)).resolves.toBe(true);
  });

  it('take as long for a login that does not exist', async () => {
    const hash = await hashAgentPassword('known');

    const known = await msOf(() => verifyAgentPassword('wrong', hash));
    const unknown = await msOf(() => verifyAgentPassword('wrong', null));

    expect(unknown).toBeGreaterThan(known / 4);
    await expect(verifyAgentPassword('', null)).resolves.toBe(false);
  });
});

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
