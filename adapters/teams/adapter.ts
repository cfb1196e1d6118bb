import { type Activity, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  type BotFrameworkAuthentication,
  type ConnectorClient,
} from 'botframework-connector';

/** The SDK's adapter, of which two protected parts are used: its pipeline for what was authenticated, its connector. */
export class TeamsAdapter extends CloudAdapter {
  private readonly authentication: BotFrameworkAuthentication;
  readonly appId: string;

  constructor(authentication: BotFrameworkAuthentication, appId: string) {
    super(authentication);
    this.authentication = authentication;
    this.appId = appId;
  }

  /** @throws what the SDK throws for a token that it does not believe. */
  who(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    return this.authentication.authenticateRequest(activity, authorization);
  }

  /** Runs the SDK's turn; @returns what an invoke is answered with. */
  take(
    who: AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(who, activity, logic);
  }

  /** The REST client of a service address, which the allow-list has passed; it tries once. */
  async connector(serviceUrl: string): Promise<ConnectorClient> {
    const identity = this.createClaimsIdentity(this.appId);
    const audience = this.authentication.getOriginatingAudience();
    const factory = this.authentication.createConnectorFactory(identity);
    const connector = await factory.create(serviceUrl, audience);
    const { pipeline } = (connector as unknown as Pipelined).client;
    // The outbox tries again, in order and over days; in here a Retry-After would hold the row for as long as it says.
    pipeline.removePolicy({ phase: 'Retry' });
    // What is signed for one address must not go to another.
    pipeline.removePolicy({ name: 'redirectPolicy' });
    return connector;
  }
}

/** What the SDK's client is made of, and has no setting for. */
interface Pipelined {
  client: { pipeline: { removePolicy(which: { name?: string; phase?: string }): unknown } };
}
