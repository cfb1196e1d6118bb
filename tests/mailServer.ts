import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** How the mail server behaves next: it takes mail, or goes wrong in one of the ways that real ones do. */
export type Mood = 'takes' | 'closing' | 'no service' | 'busy' | 'refuses' | 'hangs' | 'drops';

/** A real SMTP server on loopback that keeps what it took. */
export class MailServer {
  readonly taken: Email[] = [];
  mood: Mood = 'takes';
  /** Mails that came as far as their data, taken or not. */
  seen = 0;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      // Loopback has no name to be asked for, and asking takes its time.
      disableReverseLookup: true,
      onConnect: (_session, done) => {
        if (this.mood === 'closing') return done(refusal(421, 'closing'));
        if (this.mood === 'no service') return done(refusal(554, 'no service here'));
        done();
      },
      onRcptTo: (address, _session, done) => {
        if (this.mood === 'busy') return done(refusal(451, 'try later'));
        if (this.mood === 'refuses') return done(refusal(550, `no such user ${address.address}`));
        done();
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          this.seen += 1;
          if (this.mood === 'hangs') return;
          void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
            this.taken.push(mail);
            // The mail was kept, but the sender never learns of it.
            if (this.mood === 'drops') this.drop(session.id);
            else done();
          });
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    await new Promise<void>((resolve) => mail.server.listen(0, '127.0.0.1', () => resolve()));
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const connection of this.server.connections) connection.close();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private drop(id: string): void {
    for (const connection of this.server.connections) {
      if (connection.id === id) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
    }
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
