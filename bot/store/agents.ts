export interface AgentRecord {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
  role: 'agent' | 'supervisor';
  /** Base32; there when the agent signs in with a code too. */
  totpSecret?: string;
  /** The step of the last code that was taken: none is taken twice. */
  totpStep?: number;
  /** Since when the agent may not sign in any more. */
  disabledAt?: Date;
}

/** The agents' accounts and their sessions. */
export interface AgentRows {
  byEmail(email: string): Promise<AgentRecord | undefined>;
  byId(id: string): Promise<AgentRecord | undefined>;
  /** By their names. */
  all(): Promise<AgentRecord[]>;
  count(): Promise<number>;
  /** @returns false when an account has this address already; nothing is written then. */
  add(agent: AgentRecord): Promise<boolean>;
  update(agent: AgentRecord): Promise<void>;
  /**
   * Notes that the code of this step was taken.
   * @returns false when it, or a later one, was taken before: of two sign-ins with one code the second is refused.
   */
  takeStep(id: string, step: number): Promise<boolean>;
  openSession(session: { tokenHash: string; agentId: string; expiresAt: Date }): Promise<void>;
  /** The agent of a session that has not expired. */
  bySession(tokenHash: string, now: Date): Promise<AgentRecord | undefined>;
  closeSession(tokenHash: string): Promise<void>;
  closeSessionsOf(agentId: string, exceptTokenHash?: string): Promise<void>;
}
