import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Ber, BerReader, BerWriter } from 'ldapts';

/** A search as it came over the wire. */
export interface OddSearch {
  readonly base: string;
  readonly filter: Buffer;
  readonly attributes: readonly string[];
  /** Of the page that is wanted; `null`: no pages are wanted. */
  readonly cookie: string | null;
}

export interface OddAnswer {
  readonly entries?: readonly { readonly dn: string; readonly values: Readonly<Record<string, readonly (string | Buffer)[]>> }[];
  /** 0 when left out. */
  readonly code?: number;
  /** Where the next page begins. */
  readonly cookie?: string;
}

export interface OddDirectory {
  readonly port: number;
  readonly searches: readonly OddSearch[];
  close(): Promise<void>;
}

const pagedResults = '1.2.840.113556.1.4.319';
const tags = { bind: 0x60, bound: 0x61, search: 0x63, entry: 0x64, done: 0x65, controls: 0xa0 } as const;

/**
 * A directory that answers as a test says: what slapd does not do, and Active Directory or a proxy does (RFC 4511).
 * `bind` is the code and the words that an account is refused with.
 */
export async function startOddDirectory(answer: (search: OddSearch) => OddAnswer, bind = { code: 0, message: '' }): Promise<OddDirectory> {
  const searches: OddSearch[] = [];
  const sockets = new Set<Socket>();
  const respond = (socket: Socket, request: Buffer): void => {
    const reader = new BerReader(request);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const tag = reader.peek();
    if (tag === tags.bind) socket.write(result(id, tags.bound, bind));
    else if (tag === tags.search) {
      const search = readSearch(reader);
      searches.push(search);
      const { entries = [], code = 0, cookie } = answer(search);
      const done = result(id, tags.done, { code, cookie: search.cookie === null ? undefined : (cookie ?? '') });
      socket.write(Buffer.concat([...entries.map((entry) => entryMessage(id, entry)), done]));
    } else socket.destroy();
  };
  const server = createServer((socket) => {
    let waiting = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => {
      waiting = Buffer.concat([waiting, data]);
      for (let size = sizeOfFirst(waiting); size !== null; size = sizeOfFirst(waiting)) {
        respond(socket, waiting.subarray(0, size));
        waiting = waiting.subarray(size);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    searches,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sizeOfFirst(data: Buffer): number | null {
  const reader = new BerReader(data);
  if (reader.readSequence() === null) return null;
  const size = reader.offset + reader.length;
  return size <= data.length ? size : null;
}

function readSearch(reader: BerReader): OddSearch {
  reader.readSequence(tags.search);
  const base = reader.readString() ?? '';
  reader.readEnumeration();
  reader.readEnumeration();
  reader.readInt();
  reader.readInt();
  reader.readBoolean();
  const start = reader.offset;
  reader.readSequence();
  reader.offset += reader.length;
  const filter = reader.buffer.subarray(start, reader.offset);
  reader.readSequence();
  const attributes: string[] = [];
  for (const end = reader.offset + reader.length; reader.offset < end; ) attributes.push(reader.readString() ?? '');
  return { base, filter, attributes, cookie: reader.peek() === tags.controls ? readCookie(reader) : null };
}

function readCookie(reader: BerReader): string | null {
  reader.readSequence(tags.controls);
  reader.readSequence();
  if (reader.readString() !== pagedResults) return null;
  if (reader.peek() === Ber.Boolean) reader.readBoolean();
  const value = new BerReader(reader.readString(Ber.OctetString, true) ?? Buffer.alloc(0));
  value.readSequence();
  value.readInt();
  return value.readString();
}

function entryMessage(id: number, { dn, values }: NonNullable<OddAnswer['entries']>[number]): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tags.entry);
  writer.writeString(dn);
  writer.startSequence();
  for (const [attribute, held] of Object.entries(values)) {
    writer.startSequence();
    writer.writeString(attribute);
    writer.startSequence(0x31);
    for (const value of held) writer.writeBuffer(Buffer.from(value), Ber.OctetString);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

function result(id: number, tag: number, { code, message = '', cookie }: { code: number; message?: string; cookie?: string | undefined }): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  writer.writeEnumeration(code);
  writer.writeString('');
  writer.writeString(message);
  writer.endSequence();
  if (cookie !== undefined) {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(0);
    value.writeString(cookie);
    value.endSequence();
    writer.startSequence(tags.controls);
    writer.startSequence();
    writer.writeString(pagedResults);
    writer.writeBuffer(value.buffer, Ber.OctetString);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}
