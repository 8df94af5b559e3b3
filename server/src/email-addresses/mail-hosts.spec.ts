import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DnsMailHosts } from './mail-hosts.js';

const types = { a: 1, mx: 15 } as const;
const refused = 5;
const noSuchName = 3;
const serverFailed = 2;

/** Says for a name and a type of record how many there are, or with which code it refuses; `null`: no answer at all. */
type Zone = (name: string, type: number) => { records: number } | { code: number } | null;

async function aNameServer(zone: Zone): Promise<{ address: string; socket: Socket }> {
  const socket = createSocket('udp4');
  socket.on('message', (question, sender) => {
    const { name, end } = readName(question);
    const type = question.readUInt16BE(end);
    const answer = zone(name, type);
    if (answer === null) return;
    const count = 'records' in answer ? answer.records : 0;
    const header = Buffer.alloc(12);
    question.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | ('code' in answer ? answer.code : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(count, 6);
    const content = type === types.mx ? Buffer.from([0, 10, 1, 0x6d, 0]) : Buffer.from([127, 0, 0, 1]);
    const record = Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, content.length]), content]);
    socket.send(Buffer.concat([header, question.subarray(12, end + 4), ...Array<Buffer>(count).fill(record)]), sender.port, sender.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, socket };
}

function readName(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let place = 12;
  for (let length = question.readUInt8(place); length > 0; length = question.readUInt8(place)) {
    labels.push(question.toString('latin1', place + 1, place + 1 + length));
    place += 1 + length;
  }
  return { name: labels.join('.'), end: place + 1 };
}

async function look(domain: string, zone: Zone) {
  const { address, socket } = await aNameServer(zone);
  try {
    return await new DnsMailHosts({ timeoutMs: 300, servers: [address] }).look(domain);
  } finally {
    socket.close();
  }
}

describe('the mail host of a domain', () => {
  it('is found by its MX record', async () => {
    expect(await look('home.test', (_, type) => ({ records: type === types.mx ? 1 : 0 }))).toBe('found');
  });

  it('is found by its A record where there is no MX', async () => {
    expect(await look('home.test', (_, type) => ({ records: type === types.a ? 1 : 0 }))).toBe('found');
  });

  it('is none where there is neither', async () => {
    expect(await look('home.test', () => ({ records: 0 }))).toBe('none');
    expect(await look('nowhere.test', () => ({ code: noSuchName }))).toBe('none');
  });

  it.each([
    ['refuses', { code: refused }],
    ['fails', { code: serverFailed }],
    ['does not answer', null],
  ])('is unknown when the name server %s', async (_, answer) => {
    expect(await look('home.test', () => answer)).toBe('unknown');
  });

  it('is asked for no longer than the timeout, give or take', async () => {
    const start = performance.now();

    await look('home.test', () => null);

    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('is there for an address literal without asking anybody', async () => {
    expect(await look('192.123.22.2', () => ({ code: refused }))).toBe('found');
  });
});
