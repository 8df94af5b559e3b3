import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** How the way to the directory is: `trickle` sends one byte a second, `cut` ends the next connections in mid-answer. */
export type ProxyMood = 'fair' | 'silent' | 'trickle' | 'cut' | 'slow';

export interface Proxy {
  readonly port: number;
  mood: ProxyMood;
  /** Connections that were made, ever. */
  opened: number;
  /** Bytes that the directory sent, ever. */
  received: number;
  /** Connections that are open now, on the asker's side. */
  open(): number;
  /** Ends what is open, as a firewall does with what rests. */
  drop(): void;
  close(): Promise<void>;
}

/** Stands between a backend and its directory. */
export async function startProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer((asker) => {
    proxy.opened += 1;
    sockets.add(asker);
    asker.on('error', () => {});
    asker.on('close', () => sockets.delete(asker));
    const mood = proxy.mood;
    if (mood === 'silent') {
      asker.resume();
      return;
    }
    const directory = connect(target, '127.0.0.1');
    directory.on('error', () => asker.destroy());
    directory.on('close', () => asker.end());
    asker.on('close', () => directory.destroy());
    asker.pipe(directory, { end: false });
    directory.on('data', (answer: Buffer) => {
      proxy.received += answer.length;
      passOn(asker, answer, mood === 'fair' ? proxy.mood : mood);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port,
    mood: 'fair',
    opened: 0,
    received: 0,
    open: () => sockets.size,
    drop: () => sockets.forEach((socket) => void socket.destroy()),
    close: () => {
      proxy.drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

function passOn(asker: Socket, answer: Buffer, mood: ProxyMood): void {
  switch (mood) {
    case 'fair':
      asker.write(answer);
      return;
    case 'slow':
      setTimeout(() => asker.writable && asker.write(answer), 300);
      return;
    case 'trickle':
      [...answer].forEach((byte, index) => {
        const timer = setTimeout(() => asker.writable && asker.write(Buffer.of(byte)), index * 1000);
        asker.on('close', () => clearTimeout(timer));
      });
      return;
    case 'cut':
      // Whole answers to a bind are short; one with entries is cut in the middle.
      if (answer.length < 100) asker.write(answer);
      else asker.write(answer.subarray(0, answer.length / 2), () => asker.destroy());
      return;
    case 'silent':
      return;
  }
}
